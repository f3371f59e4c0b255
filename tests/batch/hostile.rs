//! Texts that nobody means to send.

use std::fmt::Write as _;

use crate::random::Random;
use crate::site::{Site, assert_whole, files, text, times};

/// Texts that no office means to send and that reach every program some day.
fn hostile(number: usize, random: &mut impl FnMut() -> u64) -> Vec<u8> {
    const PIECES: [&str; 24] = [
        "]]>",
        "</script>",
        "<!--",
        "-->",
        "<script>alert(1)</script>",
        "&amp;&lt;&#0;",
        "{{ x }}{% raw %}",
        "\u{202e}desrever\u{202c}",
        "👩‍🚀🏴‍☠️",
        "مرحبا",
        "\u{0}\u{1}\u{b}\u{1f}",
        "\u{feff}",
        "\u{fffe}\u{ffff}",
        "“„«‚‘’»”",
        "\r\r\n\u{85}\u{2028}",
        "3 May 2026",
        "31/12/2026",
        "2026-02-30T25:61",
        "GENEVA, 3 May –",
        "Mr. Dr. Prof. A. B. C.",
        "%s%n\\x00\\",
        "https://a.example/<\">'",
        "\u{301}\u{301}\u{301}",
        "### ENDS -30-",
    ];
    let mut bytes = format!("A headline with number {number}\n\n").into_bytes();
    match number % 10 {
        0 => (0..2000).for_each(|_| bytes.push(random() as u8)),
        // UTF-16 with halves of pairs alone.
        1 => {
            bytes = vec![0xff, 0xfe];
            (0..500).for_each(|i| {
                let unit = if i % 7 == 0 {
                    0xd800 + (random() % 0x800) as u16
                } else {
                    0x20 + (random() % 90) as u16
                };
                bytes.extend(unit.to_le_bytes());
            });
        }
        // A line that the size limit cuts off.
        2 if number < 20 => bytes.extend(std::iter::repeat_n(b'x', 300_000)),
        3 => (0..10_000 / (1 + number % 100)).for_each(|i| {
            bytes.extend(format!("{}/{}/{} ", i % 31, i % 12, 1990 + i % 50).bytes());
        }),
        4 => {
            bytes.extend("“".repeat(3000).bytes());
            bytes.extend("(".repeat(3000).bytes());
        }
        // UTF-8 with broken sequences, the bytes of WTF-8 surrogates among them.
        5 => (0..300).for_each(|i| {
            bytes.extend(PIECES[(random() % 24) as usize].bytes());
            bytes.extend([[0xed, 0xa0, 0x80], [0xc3, 0x28, 0xff], [b' '; 3]][i % 3]);
        }),
        _ => {
            let mut text = String::new();
            for _ in 0..random() % 200 {
                let piece = PIECES[(random() % 24) as usize];
                let end = ["", " ", "\n", "\n\n", ". "][(random() % 5) as usize];
                let _ = write!(text, "{piece}{end}");
            }
            bytes.extend(text.bytes());
        }
    }
    bytes
}

#[test]
fn a_thousand_hostile_inputs_end_in_well_formed_output() {
    let site = Site::new();
    let mut numbers = Random(0x2545_f491_4f6c_dd1d);
    let mut random = || numbers.next();
    for number in 0..1000 {
        let bytes = hostile(number, &mut random);
        site.put(&format!("input/2026-05-02-{number}.txt"), &bytes);
    }
    let run = site.run(&[]);
    assert!(
        matches!(run.status.code(), Some(0 | 1)),
        "{:?}: {}",
        run.status,
        text(&run)
    );
    assert_whole(&site.output());
    let published = files(&site.output())
        .keys()
        .filter(|name| name.ends_with(".article.jsonld"))
        .count();
    assert!(published > 100, "only {published} published");
    let verified = site.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified));
    let before = times(&site.output());
    site.run(&[]);
    assert_eq!(times(&site.output()), before);
}
