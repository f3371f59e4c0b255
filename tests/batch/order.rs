//! The same inputs give the same bytes wherever and whenever they are read.

use crate::site::{NOW, Site, bytes, differing, text};

/// The inputs of a site, in the order in which they are written to disk.
fn site(turned: bool) -> Site {
    let texts = [
        (
            "2026/opening.txt",
            "Opening of the reading room\n\n2 October 2026\n\nThe new reading room opens on 9 October 2026 at 6 p.m. in the City Library.\n",
        ),
        (
            "2026/zeta.txt",
            "Zeta pier reopens\n\n3 October 2026\n\nThe Zeta pier was opened again to ships of every size.\n",
        ),
        (
            "a.txt",
            "Ägäis-Fähre fährt wieder\n\n4. Oktober 2026\n\nDie Fähre fährt ab sofort wieder täglich, teilte das Hafenamt mit.\n",
        ),
        (
            "b.txt",
            "Zeta pier reopens\n\n3 October 2026\n\nThe Zeta pier was opened again to ships of every size.\n",
        ),
        (
            "İstanbul.txt",
            "İstanbul limanı açıldı\n\n5 Ekim 2026\n\nLiman yeniden gemilere açıldı, liman başkanı söyledi.\n",
        ),
        (
            "undated.txt",
            "A pier without a day\n\nThe pier was opened to ships.\n",
        ),
    ];
    let site = Site::new();
    let mut order: Vec<_> = texts.iter().collect();
    if turned {
        order.reverse();
    }
    for (name, text) in order {
        site.put(&format!("input/{name}"), text.as_bytes());
    }
    site
}

#[test]
fn file_order_time_zone_and_locale_change_nothing() {
    let first = site(false);
    let run = first.run(&[]);
    assert_eq!(run.status.code(), Some(1), "one is held: {}", text(&run));
    let want = bytes(&first.output());
    assert!(want.len() > 20, "{:?}", want.keys());
    for (turned, zone, locale, threads) in [
        (true, "Asia/Kathmandu", "tr_TR.UTF-8", "1"),
        (false, "America/St_Johns", "C", "7"),
        (true, "Pacific/Kiritimati", "ar_EG.UTF-8", "2"),
    ] {
        let other = site(turned);
        let mut command = other.command();
        command
            .env("TZ", zone)
            .env("LANG", locale)
            .env("LC_ALL", locale);
        let run = command.env("RAYON_NUM_THREADS", threads).output();
        assert_eq!(run.expect("started").status.code(), Some(1));
        let got = bytes(&other.output());
        assert_eq!(differing(&want, &got), Vec::<String>::new(), "{zone} {NOW}");
    }
}
