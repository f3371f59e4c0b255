//! Press releases by the thousand, the same for the same seed: half of them under 2.3 KB, one in ten over 6 KB, in four
//! languages, one in eight about an event.

use super::random::Random;

/// Words of a language, to be put together into plain sentences.
struct Words {
    towns: &'static [&'static str],
    subjects: &'static [&'static str],
    verbs: &'static [&'static str],
    objects: &'static [&'static str],
    ends: &'static [&'static str],
    months: [&'static str; 12],
    /// Date, dateline and sentence of an event, with `{town}`, `{day}`, `{month}`, `{year}`, `{n}`, `{name}`.
    date: &'static str,
    event: &'static str,
    quote: &'static str,
}

const NAMES: &[&str] = &[
    "Ana Costa",
    "Pieter Brandt",
    "Marie Lefort",
    "Ivo Marin",
    "Elena Duarte",
    "Jonas Weber",
    "Clara Novak",
    "Hugo Alves",
];

const LANGUAGES: &[Words] = &[
    Words {
        towns: &["LISBON", "GENEVA", "LONDON", "OSLO", "NAIROBI"],
        subjects: &[
            "The Harbour Office",
            "The city council",
            "A team of engineers",
            "The Ministry of Transport",
            "The new board",
            "Every pilot of the port",
        ],
        verbs: &[
            "has opened",
            "will review",
            "published",
            "received",
            "has agreed to repair",
            "tested",
        ],
        objects: &[
            "the northern pier",
            "a report on safety at sea",
            "three new cranes",
            "the plan for cleaner ferries",
            "the light at the river mouth",
            "an offer of 12 million euros",
        ],
        ends: &[
            "after two years of work",
            "in the course of this spring",
            "as part of a wider programme",
            "with the help of local schools",
            "for the first time since 2011",
            "despite the bad weather",
        ],
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        date: "{day} {month} {year}",
        event: "The {n}th Conference on Ports will be held in {town} on {day} {month} {year}.",
        quote: "\"We are glad that the work is done,\" said {name}, Director of the Harbour Office.",
    },
    Words {
        towns: &["BERLIN", "WIEN", "HAMBURG", "GRAZ", "BASEL"],
        subjects: &[
            "Das Hafenamt",
            "Der Stadtrat",
            "Eine Gruppe von Fachleuten",
            "Das Ministerium für Verkehr",
            "Der neue Vorstand",
            "Jede Lotsin des Hafens",
        ],
        verbs: &[
            "eröffnet",
            "prüft",
            "veröffentlicht",
            "erhält",
            "erneuert",
            "erprobt",
        ],
        objects: &[
            "den nördlichen Pier",
            "einen Bericht über die Sicherheit",
            "drei neue Kräne",
            "den Plan für saubere Fähren",
            "das Licht an der Mündung",
            "ein Angebot über 12 Millionen Euro",
        ],
        ends: &[
            "nach zwei Jahren Arbeit",
            "im Laufe des Frühlings",
            "als Teil eines größeren Vorhabens",
            "mit Hilfe der Schulen",
            "zum ersten Mal seit 2011",
            "trotz des schlechten Wetters",
        ],
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        date: "{day}. {month} {year}",
        event: "Die {n}. Konferenz der Häfen findet am {day}. {month} {year} in {town} statt.",
        quote: "„Wir freuen uns über das Ergebnis“, sagte {name}, Leiter des Hafenamts.",
    },
    Words {
        towns: &["PARIS", "GENÈVE", "LYON", "DAKAR", "BRUXELLES"],
        subjects: &[
            "L’office du port",
            "Le conseil municipal",
            "Une équipe d’ingénieurs",
            "Le ministère des Transports",
            "Le nouveau bureau",
            "Chaque pilote du port",
        ],
        verbs: &[
            "a ouvert",
            "examinera",
            "a publié",
            "a reçu",
            "va réparer",
            "a essayé",
        ],
        objects: &[
            "le quai du nord",
            "un rapport sur la sécurité en mer",
            "trois nouvelles grues",
            "le projet de bacs propres",
            "le phare de l’embouchure",
            "une offre de 12 millions d’euros",
        ],
        ends: &[
            "après deux ans de travaux",
            "au cours de ce printemps",
            "dans le cadre d’un vaste programme",
            "avec l’aide des écoles",
            "pour la première fois depuis 2011",
            "malgré le mauvais temps",
        ],
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        date: "{day} {month} {year}",
        event: "La {n}e Conférence des ports se tiendra à {town} le {day} {month} {year}.",
        quote: "« Nous sommes heureux du résultat », a déclaré {name}, directrice de l’office du port.",
    },
    Words {
        towns: &["MADRID", "LIMA", "BOGOTÁ", "QUITO", "SEVILLA"],
        subjects: &[
            "La autoridad del puerto",
            "El ayuntamiento",
            "Un equipo de ingenieros",
            "El Ministerio de Transporte",
            "La nueva junta",
            "Cada piloto del puerto",
        ],
        verbs: &[
            "ha abierto",
            "revisará",
            "publicó",
            "recibió",
            "va a reparar",
            "probó",
        ],
        objects: &[
            "el muelle del norte",
            "un informe sobre la seguridad en el mar",
            "tres grúas nuevas",
            "el plan de barcos limpios",
            "el faro de la desembocadura",
            "una oferta de 12 millones de euros",
        ],
        ends: &[
            "después de dos años de obras",
            "en el curso de esta primavera",
            "como parte de un programa más amplio",
            "con la ayuda de las escuelas",
            "por primera vez desde 2011",
            "a pesar del mal tiempo",
        ],
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        date: "{day} de {month} de {year}",
        event: "La {n}.ª Conferencia de Puertos se celebrará en {town} el {day} de {month} de {year}.",
        quote: "«Nos alegramos del resultado», dijo {name}, directora de la autoridad del puerto.",
    },
];

/// One of them.
fn of<'a>(random: &mut Random, words: &[&'a str]) -> &'a str {
    words[random.below(words.len())]
}

/// The `n`th release: its name below the input folder, and its text.
pub(super) fn release(n: usize) -> (String, String) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ ((n as u64 + 1) << 17));
    // The first numbers of a small seed are small.
    for _ in 0..8 {
        random.below(2);
    }
    let words = &LANGUAGES[random.below(LANGUAGES.len())];
    let year = 1996 + n % 30;
    let (month, day) = (random.below(12), 1 + random.below(28));
    let fill = |pattern: &str, random: &mut Random, day: usize| {
        let town = of(random, words.towns);
        (pattern.replace("{town}", town))
            .replace("{day}", &day.to_string())
            .replace("{month}", words.months[month])
            .replace("{year}", &year.to_string())
            .replace("{n}", &(4 + n % 15).to_string())
            .replace("{name}", of(random, NAMES))
    };
    let sentence = |random: &mut Random| {
        let (subject, verb) = (of(random, words.subjects), of(random, words.verbs));
        let (object, end) = (of(random, words.objects), of(random, words.ends));
        format!("{subject} {verb} {object} {end}.")
    };
    let mut text = format!("{} {}: {n}\n\n", words.subjects[0], words.verbs[0]);
    let title = sentence(&mut random);
    text += title.trim_end_matches('.');
    text += "\n\n";
    text += &fill(words.date, &mut random, day);
    text += "\n\n";
    text += &fill("{town} – ", &mut random, day);
    text += &sentence(&mut random);
    text.push(' ');
    if n.is_multiple_of(8) {
        text += &fill(words.event, &mut random, (day + 3).min(28));
    }
    // Lengths of real texts are spread so: a quarter to 1.6 KB, half to 2.3 KB, nine in ten to 6 KB.
    let length = match random.below(100) {
        0..25 => 900 + random.below(700),
        25..50 => 1600 + random.below(700),
        50..75 => 2300 + random.below(1400),
        75..90 => 3700 + random.below(2300),
        _ => 6000 + random.below(8000),
    };
    while text.len() < length {
        text += "\n\n";
        if random.below(4) == 0 {
            text += &fill(words.quote, &mut random, day);
            text.push(' ');
        }
        for _ in 0..=random.below(5) {
            text += &sentence(&mut random);
            text.push(' ');
        }
    }
    text += "\n\nContact: Ana Costa, press@port.example, +351 21 000 0000\n";
    (format!("{year}/{:02}/release-{n}.txt", month + 1), text)
}
