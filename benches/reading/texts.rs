//! Texts of any length: a plain head, then one thing over and over.

/// A kind of text.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// The `n`th piece.
    piece: fn(usize) -> String,
}

const HEAD: &str = "Harbour light relit after two years of repair\n\n14 September 2026\n\n\
    LISBON – The harbour light was relit on Monday after two years of repair, the Harbour Office said. ";

impl Kind {
    /// A text of at least `length` bytes.
    pub(super) fn text(&self, length: usize) -> String {
        let mut text = String::with_capacity(length + 256);
        text.push_str(HEAD);
        let mut n = 0;
        while text.len() < length {
            text += &(self.piece)(n);
            n += 1;
        }
        text
    }
}

const fn kind(name: &'static str, piece: fn(usize) -> String) -> Kind {
    Kind { name, piece }
}

/// What a text may be full of. Where no piece ends a line, all stand on one.
pub(super) const KINDS: &[Kind] = &[
    kind("dates", |n| {
        format!("{} May {}, ", n % 28 + 1, 1990 + n % 50)
    }),
    kind("date lines", |n| {
        format!("{} May {}\n", n % 28 + 1, 1990 + n % 50)
    }),
    kind("numeric dates", |n| {
        format!("{}/{}/{} ", n % 12 + 1, n % 9 + 1, 1990 + n % 50)
    }),
    kind("clock times", |n| {
        format!("at {}:{:02} p.m., ", n % 12 + 1, n % 60)
    }),
    kind("days to come", |_| "tomorrow and next Tuesday, ".into()),
    kind("numbers", |n| format!("{n} ")),
    kind("capitals", |n| {
        format!("{} ", ["HARBOUR", "LIGHT", "OF", "THE", "NORTH"][n % 5])
    }),
    kind("names", |n| {
        format!("{} ", ["Harbour", "Ana", "Costa", "North", "Pilot"][n % 5])
    }),
    kind("small words", |n| {
        format!("{} ", ["harbour", "light", "of", "the", "north"][n % 5])
    }),
    kind("sentences", |_| {
        "The port master read the log of the night and signed it. ".into()
    }),
    kind("paragraphs", |_| {
        "The port master read the log of the night and signed it.\n\n".into()
    }),
    kind("short lines", |_| "of the north\n".into()),
    kind("titles", |n| format!("Harbour Light Number {n} Relit\n\n")),
    kind("bullets", |n| format!("- light number {n}\n")),
    kind("meetings", |n| {
        format!(
            "The {n}th meeting of the Harbour Panel will be held in Lisbon on {} May 2027. ",
            n % 28 + 1
        )
    }),
    kind("meeting on a line", |n| {
        format!("the {n}th meeting of the Harbour Panel, ")
    }),
    kind("people", |n| {
        format!(
            "Dr. {0} {1}, Director of the {1} Office, said so. ",
            NAMES[n % 7],
            NAMES[n / 7 % 7]
        )
    }),
    kind("distinct people", |n| {
        format!(
            "Dr. {} {} came from the harbour. ",
            coined(n),
            coined(n + 7)
        )
    }),
    kind("distinct posts", |n| {
        format!(
            "Director {} {} of the {} Trust spoke. ",
            coined(n),
            coined(n + 7),
            coined(n + 9)
        )
    }),
    kind("distinct bodies", |n| {
        format!(
            "The {} {} Council met the {} Board. ",
            coined(n),
            coined(n + 7),
            coined(n + 9)
        )
    }),
    kind("distinct people on a line", |n| {
        format!(
            "and the {} Council of Dr. {} {}, ",
            coined(n),
            coined(n + 7),
            coined(n + 9)
        )
    }),
    kind("distinct people in russian", |n| {
        format!(
            "Директор {0}ов Иван и г-жа {0}ова приехали в порт. ",
            cyrillic(n)
        )
    }),
    kind("acronyms", |n| {
        format!("the Harbour {} Organization (H{n}O) and ", NAMES[n % 7])
    }),
    kind("places", |n| {
        format!(
            "in {}, ",
            ["Lisbon, Portugal", "Graz, Austria", "Accra", "Oslo"][n % 4]
        )
    }),
    kind("labels", |n| {
        format!(
            "WHEN: {} May 2027\nWHERE: Town Hall, Lisbon\n\n",
            n % 28 + 1
        )
    }),
    kind("contacts", |n| {
        format!("Contact: Ana Costa, +351 21 {n:07}, ana{n}@office.example\n")
    }),
    kind("addresses", |n| format!("https://office.example/a/{n} ")),
    kind("quotations", |_| {
        "“We saw the light”, said the master. ".into()
    }),
    kind("marks", |_| "(“— ".into()),
    kind("chinese", |n| {
        format!("港务局于2027年{}月3日在里斯本举行第{n}次会议", n % 12 + 1)
    }),
    kind("chinese sentences", |n| {
        format!("港务局于2027年{}月3日在里斯本举行会议。", n % 12 + 1)
    }),
    kind("arabic", |n| {
        format!("عقد المكتب الاجتماع في {} مايو 2027 في لشبونة، ", n % 28 + 1)
    }),
    kind("japanese", |n| {
        format!(
            "港湾局は2027年{}月3日にリスボンで会議を開催しました。",
            n % 12 + 1
        )
    }),
    kind("russian", |n| {
        format!(
            "Совещание Портового комитета состоится {} мая 2027 года в Лиссабоне. ",
            n % 28 + 1
        )
    }),
];

const NAMES: [&str; 7] = ["Ana", "Costa", "Harbour", "Pilot", "Marin", "Tide", "Norte"];

/// A name of its own for each number.
fn coined(n: usize) -> String {
    let word = syllables(
        n,
        &["ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu"],
    );
    word[..1].to_uppercase() + &word[1..]
}

/// The same in Cyrillic letters, without an ending.
fn cyrillic(n: usize) -> String {
    let word = syllables(
        n,
        &["ба", "де", "фи", "го", "лу", "ма", "не", "ри", "со", "ту"],
    );
    format!("В{word}н")
}

fn syllables(n: usize, parts: &[&str; 10]) -> String {
    let mut left = n + 100;
    let mut word = String::new();
    while left > 0 {
        word += parts[left % 10];
        left /= 10;
    }
    word
}
