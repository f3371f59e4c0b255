//! The texts of a fictional office. Each holds a word that no other has, by which it is found wherever it leaks.

/// A word of four syllables for each number.
pub(crate) fn word(number: usize) -> String {
    const SYLLABLES: [&str; 12] = [
        "bar", "kel", "mos", "nud", "rif", "tam", "vol", "zen", "gul", "hix", "pom", "wes",
    ];
    let mut rest = number * 7919 + 20_011;
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[rest % 12]);
        rest /= 12;
    }
    word
}

/// The same with a capital.
pub(crate) fn name(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

const MONTHS: [[&str; 12]; 2] = [
    [
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
    [
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
];

/// A day as English and French texts write it.
fn day(date: chrono::NaiveDate, language: usize) -> String {
    use chrono::Datelike;
    let month = MONTHS[language][date.month0() as usize];
    format!("{} {month} {}", date.day(), date.year())
}

/// A plain release; no day: its date is elsewhere.
pub(crate) fn plain(word: &str, date: Option<chrono::NaiveDate>, remark: &str) -> String {
    let name = name(word);
    let date = date.map_or_else(String::new, |date| format!("{}\n\n", day(date, 0)));
    format!(
        "New lamps for the {name} lighthouse\n\n{date}Keepers of the {name} lighthouse have fitted lamps that need a tenth of the power of the old ones. The work took three weeks and was done by four people.\n\nShips that pass at night will see the same white flash as before, the office said.{remark}\n"
    )
}

/// The same under an embargo that its text states, and with no other date.
pub(crate) fn embargoed(word: &str, say: &str) -> String {
    format!("EMBARGOED UNTIL {say}\n\n{}", plain(word, None, ""))
}

/// The same in French.
pub(crate) fn french(word: &str, date: chrono::NaiveDate) -> String {
    let name = name(word);
    format!(
        "De nouvelles lampes pour le phare de {name}\n\n{}\n\nLes gardiens du phare de {name} ont posé des lampes qui consomment dix fois moins que les anciennes. Les travaux ont duré trois semaines et ont occupé quatre personnes.\n\nLes navires qui passent la nuit verront le même éclat blanc qu'auparavant, a indiqué le bureau.\n",
        day(date, 1)
    )
}

/// A release about the forum that bears another release's word.
pub(crate) fn forum(word: &str, forum: &str, news: &str, date: chrono::NaiveDate) -> String {
    format!(
        "{} {news}\n\n{}\n\nThe {} brings together keepers from nine countries, who compare their lamps and tell each other of winters. This is note {} of the office on it.\n\nThe office answers all questions about rooms and ferries.\n",
        forum_name(forum),
        day(date, 0),
        forum_name(forum),
        name(word)
    )
}

/// The name of a forum.
pub(crate) fn forum_name(word: &str) -> String {
    format!("Forum of {} Lanterns", name(word))
}
