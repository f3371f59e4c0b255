use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, KOI8_R, SHIFT_JIS, UTF_8, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1256,
};
use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Source {
    Source::from_bytes(
        "id".into(),
        "id.txt".into(),
        bytes.to_vec(),
        &Decoding::default(),
    )
}

fn assume(bytes: &[u8], encoding: &'static Encoding) -> Source {
    let decoding = Decoding {
        assumed: Some(encoding),
        top_level_domain: None,
    };
    Source::from_bytes("id".into(), "id.txt".into(), bytes.to_vec(), &decoding)
}

/// The bytes under the first occurrence of `words`.
fn bytes_of<'a>(source: &'a Source, words: &str) -> &'a [u8] {
    let at = source
        .text
        .find(words)
        .expect("the words stand in the text");
    let span = source.offsets.to_bytes(Span::new(at, at + words.len()));
    &source.bytes[span.range()]
}

#[test]
fn utf_8_comes_through_untouched() {
    let source = read("Köln, 東京\n".as_bytes());
    assert_eq!(source.text, "Köln, 東京\n");
    assert_eq!(source.origin.encoding, "utf-8");
    assert_eq!(source.offsets, Offsets::default());
    assert_eq!(source.repairs, []);
}

#[test]
fn line_ends_and_spaces_become_plain_ones() {
    let source = read("a\r\nb\rc\u{2028}d\u{85}e\u{c}f\u{a0}g\u{3000}h\r".as_bytes());
    assert_eq!(source.text, "a\nb\nc\nd\ne\nf g h\n");
    assert_eq!(bytes_of(&source, "a\nb"), b"a\r\nb");
    assert!(source.repairs.iter().all(|repair| repair.kind.is_routine()));
}

#[test]
fn what_no_output_may_hold_is_taken_out_and_counted() {
    let source =
        read("\u{feff}a\0\u{1b}b\u{ad}c\u{200b}d\u{202e}e\u{e000}f\u{feff}g\u{ffff}h".as_bytes());
    assert_eq!(source.text, "abcdefgh");
    let counts: Vec<_> = source.repairs.iter().map(|r| (r.kind, r.count)).collect();
    assert_eq!(
        counts,
        [
            (RepairKind::SoftHyphen, 1),
            (RepairKind::ZeroWidth, 2),
            (RepairKind::Direction, 1),
            (RepairKind::Control, 2),
            (RepairKind::NoCharacter, 2),
        ]
    );
    assert_eq!(bytes_of(&source, "bc"), "b\u{ad}c".as_bytes());
}

#[test]
fn joiners_stay_where_a_script_needs_them() {
    for kept in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}💻"] {
        assert_eq!(read(kept.as_bytes()).text, kept);
    }
    assert_eq!(
        read("cele\u{200d}bra\u{200c}te".as_bytes()).text,
        "celebrate"
    );
}

#[test]
fn accents_are_joined_to_their_letters() {
    let source = read("Cafe\u{301}s de la Ha\u{302}ye".as_bytes());
    assert_eq!(source.text, "Cafés de la Hâye");
    assert_eq!(bytes_of(&source, "é"), "e\u{301}".as_bytes());
    assert_eq!(bytes_of(&source, "fés d"), "fe\u{301}s d".as_bytes());
}

#[test]
fn misplaced_windows_punctuation_and_symbol_bullets_are_understood() {
    assert_eq!(
        read("the Minister\u{92}s \u{f0b7} plan".as_bytes()).text,
        "the Minister’s • plan"
    );
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    let text = "Brüssel 🎉 opens";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [b"\xFF\xFE".as_slice(), &little].concat();
    for (bytes, name) in [
        (&marked, "utf-16le"),
        (&little, "utf-16le"),
        (&big, "utf-16be"),
    ] {
        let source = read(bytes);
        assert_eq!(
            (source.text.as_str(), source.origin.encoding.as_str()),
            (text, name)
        );
        assert_eq!(bytes_of(&source, "🎉").len(), 4);
        assert_eq!(bytes_of(&source, "opens").len(), 10);
    }
}

#[test]
fn lone_surrogates_and_odd_bytes_leave_a_mark() {
    let source = read(b"\xFF\xFEa\0\x00\xD8b\0\x00\xDCc\0\x07");
    assert_eq!(source.text, "a□b□c□");
    assert_eq!(
        source.repairs,
        [Repair {
            kind: RepairKind::Lost,
            count: 3,
            first: 1
        }]
    );
}

#[test]
fn a_few_broken_bytes_leave_utf_8_what_it_is() {
    let mut bytes = "Überall ändern Städte ihre Pläne für März "
        .repeat(3)
        .into_bytes();
    bytes.extend(b"\xE2\x82 end");
    let source = read(&bytes);
    assert_eq!(source.origin.encoding, "utf-8");
    assert!(source.text.ends_with("März □ end"));
}

#[test]
fn legacy_encodings_are_told_apart() {
    let cases: [(&str, &'static Encoding, &str); 9] = [
        (
            "Le ministère a présenté à Genève les mesures arrêtées l’été dernier.",
            WINDOWS_1252,
            "windows-1252",
        ),
        (
            "Министерство сообщило о начале переговоров в Москве.",
            WINDOWS_1251,
            "windows-1251",
        ),
        (
            "Министерство сообщило о начале переговоров в Москве.",
            KOI8_R,
            "koi8-u",
        ),
        (
            "Žádost o příspěvek může podat každý občan, který žije v České republice.",
            WINDOWS_1250,
            "windows-1250",
        ),
        (
            "أعلنت الوزارة اليوم عن افتتاح المؤتمر الدولي في المدينة",
            WINDOWS_1256,
            "windows-1256",
        ),
        (
            "総務省は本日、新しい計画について発表しました。",
            SHIFT_JIS,
            "shift_jis",
        ),
        ("外交部今天宣布会议将于下周在北京举行", GBK, "gbk"),
        ("外交部今天宣布會議將於下週在臺北舉行", BIG5, "big5"),
        (
            "외교부는 오늘 회의가 다음 주에 열린다고 발표했다",
            EUC_KR,
            "euc-kr",
        ),
    ];
    for (text, encoding, name) in cases {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy);
        let source = read(&bytes);
        assert_eq!(
            (source.text.as_str(), source.origin.encoding.as_str()),
            (text, name)
        );
        let words: String = text.chars().skip(3).take(4).collect();
        assert_eq!(
            bytes_of(&source, &words),
            &*encoding.encode(&words).0,
            "{name}"
        );
    }
}

#[test]
fn the_assumed_encoding_decides_for_what_is_not_utf_8() {
    assert_eq!(assume(b"\xE9t\xE9", WINDOWS_1251).text, "йtй");
    assert_eq!(assume("été".as_bytes(), WINDOWS_1251).text, "été");
}

#[test]
fn broken_double_bytes_keep_their_neighbours() {
    // A lead byte before ASCII, a broken four-byte sequence, a lead byte at the end.
    for (bytes, encoding, text) in [
        (b"a\x81\x20b".as_slice(), SHIFT_JIS, "a□ b"),
        (b"\x81\x30\x81\x41", GB18030, "□0丄"),
        (b"x\x81", GBK, "x□"),
        (b"\x81\x30", GB18030, "□"),
    ] {
        let source = assume(bytes, encoding);
        assert_eq!(source.text, text);
        let end = source.text.len();
        assert_eq!(
            source.offsets.to_bytes(Span::new(0, end)),
            Span::new(0, bytes.len())
        );
    }
    assert_eq!(
        bytes_of(&assume(b"\x81\x30\x81\x41", GB18030), "丄"),
        b"\x81\x41"
    );
    // One pair of bytes that is two characters.
    assert_eq!(assume(b"a\x88\x62b", BIG5).text, "aÊ\u{304}b");
    assert_eq!(
        bytes_of(&assume(b"a\x88\x62b", BIG5), "Ê\u{304}"),
        b"\x88\x62"
    );
}

#[test]
fn labels_that_cannot_hold_text_are_no_encodings() {
    assert_eq!(encoding_of_label(" Latin1 "), Some(WINDOWS_1252));
    assert_eq!(encoding_of_label("iso-2022-kr"), None);
    assert_eq!(encoding_of_label("utf-9"), None);
}

#[test]
fn the_hash_is_of_the_bytes() {
    assert_eq!(
        read(b"abc").origin.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

const ENCODINGS: [&Encoding; 12] = [
    UTF_8,
    encoding_rs::UTF_16LE,
    encoding_rs::UTF_16BE,
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1252,
    WINDOWS_1256,
    SHIFT_JIS,
    GB18030,
    BIG5,
    EUC_KR,
    EUC_JP,
];

/// Text as offices send it, with what cleaning changes in it. Joiners depend on what stands before them.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            6 => "[a-zA-Z ,.\n\t]",
            2 => "[éüñčЖйאعकไ東あア한]",
            1 => "[\r\u{85}\u{a0}\u{ad}\u{200b}\u{feff}\u{202e}\u{0}\u{e000}\u{3000}]",
            1 => "(e\u{301}|\u{212b}|o\u{302}\u{301}|ᄀ\u{1161}|🎉|\r\n)",
        ],
        0..60,
    )
    .prop_map(|parts| parts.concat())
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == encoding_rs::UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == encoding_rs::UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else {
        encoding.encode(text).0.into_owned()
    }
}

/// Every span's bytes, decoded again, are its words; and the bytes of the whole reach from end to end.
fn spans_map_exactly(source: &Source, encoding: &'static Encoding) {
    let text = &source.text;
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    for (i, start) in bounds.iter().enumerate() {
        for end in bounds[i..].iter().take(8) {
            let span = Span::new(*start, *end);
            let bytes = source.offsets.to_bytes(span);
            assert!(bytes.end as usize <= source.bytes.len());
            let mut again = clean::Cleaner::default();
            let slice = &source.bytes[bytes.range()];
            decode::characters(slice, 0, encoding, &mut again);
            assert_eq!(again.finish().0, span.of(text), "{span:?} of {text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_clean_text(bytes in proptest::collection::vec(any::<u8>(), 0..300), choice in 0..=ENCODINGS.len()) {
        let source = match ENCODINGS.get(choice) {
            Some(encoding) => assume(&bytes, encoding),
            None => read(&bytes),
        };
        let mut last = 0;
        for (at, c) in source.text.char_indices() {
            prop_assert!(c == '\n' || c == '\t' || !c.is_control());
            let span = source.offsets.to_bytes(Span::new(at, at + c.len_utf8()));
            prop_assert!(span.start >= last && span.end as usize <= bytes.len());
            last = span.start;
        }
        prop_assert_eq!(cleaned(&source.text).0, source.text);
    }

    #[test]
    fn decoding_again_by_the_name_of_the_encoding_changes_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let first = read(&bytes);
        let encoding = encoding_of_label(&first.origin.encoding).expect("a known encoding");
        let again = assume(&bytes, encoding);
        prop_assert_eq!((first.text, first.offsets, first.origin), (again.text, again.offsets, again.origin));
    }

    #[test]
    fn spans_lead_back_to_their_bytes(text in text(), choice in 0..ENCODINGS.len()) {
        let encoding = ENCODINGS[choice];
        // A leading mark would be taken for that, and in part of the text it is not leading.
        let bytes = encoded(text.trim_start_matches('\u{feff}'), encoding);
        let source = assume(&bytes, encoding);
        // Short texts may be UTF-8 by chance (`Ж` and a no-break space in Windows-1251), and are read as that.
        let read_as = encoding_of_label(&source.origin.encoding).expect("a known encoding");
        spans_map_exactly(&source, read_as);
    }

    #[test]
    fn text_handed_over_reads_as_the_same_text_from_a_file(text in text()) {
        let handed = Source::from_text("id".into(), "id".into(), text.clone());
        prop_assert_eq!(handed.text, assume(text.as_bytes(), UTF_8).text);
    }
}
