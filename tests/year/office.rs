//! The office: what it does in each run, and what it knows to be true.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use dateline::commands::{Console, Exit, Outlets, build, restore, verify, withdraw};

use crate::random::Random;
use crate::texts;
use crate::watch::Watch;

/// A release as its office knows it.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    /// Its id: path of its first source below `input/`, without the ending.
    pub(crate) id: String,
    /// The word that it alone holds.
    pub(crate) word: String,
    /// When it may be seen, and first is.
    pub(crate) from: DateTime<Utc>,
    /// Whether an embargo ends then.
    pub(crate) embargoed: bool,
    pub(crate) withdrawn: bool,
    /// Newest version that the archive is to hold.
    pub(crate) version: u32,
    /// Whether it may still be corrected, renamed or copied: once in its life for the latter two.
    plain: bool,
    date: Option<NaiveDate>,
    remarks: usize,
    sidecar: String,
}

/// A forum as its office knows it.
#[derive(Debug, Clone)]
pub(crate) struct Forum {
    pub(crate) word: String,
    pub(crate) start: NaiveDate,
    pub(crate) cancelled: bool,
    /// The day of the newest release on it: there is one a day at most.
    newest: NaiveDate,
    /// Id of the release that announced it.
    pub(crate) first: String,
    /// Releases that tell of it.
    pub(crate) told: Vec<String>,
}

impl Story {
    /// Whether its sidecar holds these words.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.sidecar.contains(words)
    }
}

pub(crate) struct Office {
    folder: tempfile::TempDir,
    runs: usize,
    random: Random,
    now: DateTime<Utc>,
    stories: Vec<Story>,
    forums: Vec<Forum>,
    told: BTreeMap<&'static str, usize>,
    /// Stories that something was done to in this run.
    busy: Vec<usize>,
    /// Stories to be withdrawn by command when the run is over, or put back.
    orders: Vec<usize>,
    watch: Watch,
}

const SETTINGS: &str = "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\ntime_zone = \"Europe/Zurich\"\n[publisher]\nname = \"Lamp Office\"\n";

/// A local time that no clock in Zurich shows. A release has no hour then, and bears its day alone.
pub(crate) const SKIPPED: &str = "2026-03-29T02:30";

/// Who says until when a release is under embargo.
#[derive(Debug, Clone, Copy)]
enum By {
    Sidecar,
    Text,
}

/// Embargoes around the hours at which clocks change: who says it, how, and when they end.
const TURNS: [(By, &str, &str); 8] = [
    // The hour that Zurich skips, and the first after it.
    (By::Sidecar, SKIPPED, "2026-03-29T01:30:00Z"),
    (By::Sidecar, "2026-03-29T03:10", "2026-03-29T01:10:00Z"),
    (By::Sidecar, "2026-10-25T03:30", "2026-10-25T02:30:00Z"),
    // New York keeps winter time for the second of two hours.
    (
        By::Sidecar,
        "2026-11-01T01:30-05:00",
        "2026-11-01T06:30:00Z",
    ),
    // The morning on which Sydney goes over to summer time.
    (
        By::Sidecar,
        "2026-10-04T03:30+11:00",
        "2026-10-03T16:30:00Z",
    ),
    (
        By::Text,
        "30 March 2026, 07:00 CEST",
        "2026-03-30T05:00:00Z",
    ),
    (By::Text, "9 March 2026, 09:00 EDT", "2026-03-09T13:00:00Z"),
    (
        By::Text,
        "5 October 2026, 09:00 AEDT",
        "2026-10-04T22:00:00Z",
    ),
];

impl Office {
    pub(crate) fn open(runs: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        put(&folder.path().join("dateline.toml"), SETTINGS);
        Self {
            watch: Watch::new(folder.path().join("output")),
            folder,
            runs,
            random: Random(0x9e37_79b9_7f4a_7c15),
            now: DateTime::UNIX_EPOCH,
            stories: Vec::new(),
            forums: Vec::new(),
            told: BTreeMap::new(),
            busy: Vec::new(),
            orders: Vec::new(),
        }
    }

    /// One run: what arrives and changes, the program, and a look at what it left.
    pub(crate) fn work(&mut self, run: usize) {
        self.now = self.hour_of(run);
        self.busy.clear();
        for _ in 0..2 {
            self.arrive();
        }
        for (by, say, end) in TURNS {
            let end: DateTime<Utc> = end.parse().expect("an instant");
            let (before, after) = (self.hour_of(run), self.hour_of(run + 2));
            if before < end && end <= after && self.told_of(say) {
                self.embargoed(by, say, end);
                self.count("embargoed at a turn");
            }
        }
        self.change();
        self.run();
        for at in std::mem::take(&mut self.orders) {
            self.order(at);
        }
        // A run a second before and one at the very hour of the embargoes that end until the next.
        let next = self.hour_of(run + 1);
        let mut ends: Vec<_> = (self.stories.iter().filter(|story| story.embargoed))
            .map(|story| story.from)
            .filter(|end| *end > self.now && *end < next)
            .collect();
        ends.sort_unstable();
        ends.dedup();
        for end in ends {
            self.now = end - TimeDelta::seconds(1);
            self.run();
            self.now = end;
            self.run();
        }
    }

    /// The year's last acts: everything is verified, and comes back from the archive alone. Gives what was done how often.
    pub(crate) fn close(&mut self) -> BTreeMap<&'static str, usize> {
        self.now += TimeDelta::days(3);
        self.run();
        let done = verify::run(Some(&self.settings()), quiet()).expect("verified");
        assert_eq!(done, Exit::Done, "verify finds faults");
        self.watch.untouched(|| self.build());
        self.watch.restored(|| {
            let done = restore::run(Some(&self.settings()), quiet(), self.now);
            assert_eq!(done.expect("restored"), Exit::Done);
        });
        std::mem::take(&mut self.told)
    }

    /// Keeps what every run changed, below `seen/` beside the output.
    pub(crate) fn show(&mut self) {
        self.watch.seen = Some(self.folder.path().join("seen"));
    }

    /// Moves the site to another folder.
    pub(crate) fn keep(self, folder: &Path) {
        let from = self.folder.keep();
        std::fs::rename(&from, folder).expect("a folder on the same disk as the temporary ones");
    }

    fn hour_of(&self, run: usize) -> DateTime<Utc> {
        let start: DateTime<Utc> = "2026-01-02T05:00:00Z".parse().expect("an instant");
        start + minutes(365 * 24 * 60 / self.runs * run)
    }

    fn told_of(&mut self, say: &'static str) -> bool {
        let count = self.told.entry(say).or_default();
        *count += 1;
        *count == 1
    }

    fn count(&mut self, what: &'static str) {
        *self.told.entry(what).or_default() += 1;
    }

    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    fn settings(&self) -> PathBuf {
        self.folder.path().join("dateline.toml")
    }

    fn input(&self, name: &str) -> PathBuf {
        self.folder.path().join("input").join(name)
    }

    fn add(&mut self, id: &str, word: &str, text: &str, sidecar: &str) -> usize {
        put(&self.input(&format!("{id}.txt")), text);
        self.stories.push(Story {
            id: id.to_owned(),
            word: word.to_owned(),
            from: self.now,
            embargoed: false,
            withdrawn: false,
            version: 1,
            plain: false,
            date: None,
            remarks: 0,
            sidecar: String::new(),
        });
        let at = self.stories.len() - 1;
        self.say(at, sidecar);
        self.busy.push(at);
        self.count("arrived");
        at
    }

    /// Writes a story's sidecar.
    fn say(&mut self, at: usize, sidecar: &str) {
        let path = self.input(&format!("{}.toml", self.stories[at].id));
        if sidecar.is_empty() {
            // Where there is none, there is none to take away.
            let _ = std::fs::remove_file(path);
        } else {
            put(&path, sidecar);
        }
        sidecar.clone_into(&mut self.stories[at].sidecar);
    }

    fn arrive(&mut self) {
        let word = texts::word(self.stories.len());
        let today = self.today();
        match self.random.below(20) {
            0..=2 => self.announce(&word),
            3..=4 => self.follow_up(&word),
            5 => {
                let end = self.now + minutes(60 + self.random.below(3000));
                let end = end.with_timezone(&chrono_tz::Europe::Zurich);
                // The minute alone is said, in the site's zone.
                let say = end.format("%Y-%m-%dT%H:%M").to_string();
                let end = say_to_instant(&end);
                self.embargoed(By::Sidecar, &say, end);
            }
            6 => {
                let end = self.now + minutes(60 + self.random.below(3000));
                let zone = chrono_tz::America::New_York;
                let say = end
                    .with_timezone(&zone)
                    .format("%Y-%m-%dT%H:%M%:z")
                    .to_string();
                self.embargoed(By::Sidecar, &say, say_to_instant(&end));
            }
            7 => {
                let id = format!("2026/{word}");
                self.add(&id, &word, &texts::plain(&word, Some(today), ""), "");
                let translation = texts::word(self.stories.len());
                let text = texts::french(&translation, today);
                self.add(&format!("{id}.fr"), &translation, &text, "");
                self.watch
                    .translations
                    .push((id.clone(), format!("{id}.fr")));
                self.count("translated");
            }
            8 => {
                let text = texts::plain(&word, Some(today), "");
                self.add(&format!("en-gb/{word}"), &word, &text, "");
                put(&self.input(&format!("en-us/{word}.txt")), &text);
                self.watch.locales.push(format!("en-gb/{word}"));
                self.count("copied");
            }
            _ => {
                let text = texts::plain(&word, Some(today), "");
                let at = self.add(&format!("2026/{word}"), &word, &text, "");
                self.stories[at].plain = true;
                self.stories[at].date = Some(today);
            }
        }
    }

    fn embargoed(&mut self, by: By, say: &str, end: DateTime<Utc>) {
        let word = texts::word(self.stories.len());
        let (text, sidecar) = match by {
            By::Sidecar => (
                texts::plain(&word, None, ""),
                format!("embargo = \"{say}\"\n"),
            ),
            By::Text => (texts::embargoed(&word, say), String::new()),
        };
        let at = self.add(&format!("held/{word}"), &word, &text, &sidecar);
        (self.stories[at].from, self.stories[at].embargoed) = (end, true);
        self.count("embargoed");
    }

    fn announce(&mut self, word: &str) {
        let start = self.today() + Days::new(30 + self.random.below(120) as u64);
        let text = texts::forum(word, word, "opens its doors", self.today());
        let id = format!("forum/{word}");
        self.add(&id, word, &text, &event(word, start, ""));
        self.forums.push(Forum {
            word: word.to_owned(),
            start,
            cancelled: false,
            newest: self.today(),
            first: id.clone(),
            told: vec![id],
        });
        self.count("announced");
    }

    fn follow_up(&mut self, word: &str) {
        let today = self.today();
        // Where a release on it was withdrawn, the office waits with the next.
        let withdrawn = |id: &String| self.stories.iter().any(|of| of.id == *id && of.withdrawn);
        let open = |forum: &Forum| {
            let waits = forum.newest == today || forum.told.iter().any(withdrawn);
            !forum.cancelled && forum.start > today && !waits
        };
        let open: Vec<_> = (0..self.forums.len())
            .filter(|at| open(&self.forums[*at]))
            .collect();
        if open.is_empty() {
            return self.announce(word);
        }
        let at = open[self.random.below(open.len())];
        let forum = self.forums[at].clone();
        let (news, start, more) = match self.random.below(3) {
            0 => {
                let start = forum.start + Days::new(20);
                let more = format!(
                    "status = \"rescheduled\"\nprevious_start = \"{}\"\n",
                    forum.start
                );
                self.count("moved");
                ("moves to another week", start, more)
            }
            1 => {
                self.forums[at].cancelled = true;
                self.count("called off");
                (
                    "is cancelled",
                    forum.start,
                    "status = \"cancelled\"\n".to_owned(),
                )
            }
            _ => ("prints its programme", forum.start, String::new()),
        };
        (self.forums[at].start, self.forums[at].newest) = (start, today);
        let text = texts::forum(word, &forum.word, news, today);
        let id = format!("forum/{word}");
        self.add(&id, word, &text, &event(&forum.word, start, &more));
        self.forums[at].told.push(id);
    }

    /// A standing story that nothing was done to in this run.
    fn pick(&mut self, fits: impl Fn(&Story) -> bool) -> Option<usize> {
        let free = |at: &usize| !self.busy.contains(at) && fits(&self.stories[*at]);
        let fitting: Vec<_> = (0..self.stories.len()).filter(free).collect();
        let at = (!fitting.is_empty()).then(|| fitting[self.random.below(fitting.len())])?;
        self.busy.push(at);
        Some(at)
    }

    fn change(&mut self) {
        let now = self.now;
        let standing = move |story: &Story| !story.withdrawn && story.from < now;
        if self.random.below(5) < 2
            && let Some(at) = self.pick(|story| story.plain && standing(story))
        {
            self.correct(at);
        }
        if self.random.below(6) == 0
            && let Some(at) = self.pick(|story| story.plain && standing(story))
        {
            // Nothing but white space: no version.
            let text = self.text(at).replace(". ", ".  ");
            put(&self.input(&format!("{}.txt", self.stories[at].id)), &text);
        }
        if self.random.below(9) == 0
            && let Some(at) = self.pick(standing)
        {
            self.withdraw(at);
        }
        if self.random.below(9) == 0
            && let Some(at) = self.pick(|story| story.withdrawn)
        {
            self.put_back(at);
        }
        if self.random.below(9) == 0
            && let Some(at) = self.pick(|story| story.plain && standing(story))
        {
            let from = self.input(&format!("{}.txt", self.stories[at].id));
            let to = self.input(&format!("moved/{}.txt", self.stories[at].word));
            put(&to, &self.text(at));
            std::fs::remove_file(from).expect("it was there");
            self.say(at, "");
            self.stories[at].plain = false;
            self.stories[at].version += 1;
            self.count("renamed");
        }
        if self.random.below(9) == 0
            && let Some(at) = self.pick(|story| story.plain && standing(story))
        {
            let copy = self.input(&format!("copies/{}.txt", self.stories[at].word));
            put(&copy, &self.text(at));
            self.stories[at].plain = false;
            self.stories[at].version += 1;
            self.count("copied");
        }
    }

    fn text(&self, at: usize) -> String {
        let story = &self.stories[at];
        let remarks = (0..story.remarks).fold(String::new(), |mut all, remark| {
            let _ = write!(all, " Remark {remark} puts the number of lamps right.");
            all
        });
        texts::plain(&story.word, story.date, &remarks)
    }

    fn correct(&mut self, at: usize) {
        self.stories[at].remarks += 1;
        self.stories[at].version += 1;
        put(
            &self.input(&format!("{}.txt", self.stories[at].id)),
            &self.text(at),
        );
        if self.random.below(2) == 0 {
            let note = format!(
                "The number of lamps was wrong ({}).",
                self.stories[at].remarks
            );
            self.say(at, &format!("[correction]\nnote = \"{note}\"\n"));
            self.watch.notes.push((self.stories[at].id.clone(), note));
        }
        self.count("corrected");
    }

    fn withdraw(&mut self, at: usize) {
        let story = &mut self.stories[at];
        if story.plain && story.version % 2 == 1 {
            story.withdrawn = true;
            story.version += 1;
            self.say(at, "status = \"withdrawn\"\n");
        } else {
            self.orders.push(at);
        }
        self.count("withdrawn");
    }

    fn put_back(&mut self, at: usize) {
        if self.stories[at].says("withdrawn") {
            self.say(at, "");
        }
        self.orders.push(at);
        self.count("put back");
    }

    /// Withdraws a story by command, or puts it back.
    fn order(&mut self, at: usize) {
        let story = &mut self.stories[at];
        let undo = story.withdrawn;
        story.withdrawn = !undo;
        story.version += 1;
        let note = (!undo).then(|| "Sent by mistake.".to_owned());
        let settings = self.folder.path().join("dateline.toml");
        let done = withdraw::run(Some(&settings), &story.id, note, undo, quiet(), self.now);
        assert_eq!(
            done.expect("done"),
            Exit::Done,
            "{} at {}",
            story.id,
            self.now
        );
        self.watch.look(self.now, &self.stories, &self.forums);
    }

    fn build(&self) {
        let done = build::run(
            Some(&self.settings()),
            None,
            &Outlets::default(),
            quiet(),
            self.now,
        );
        assert_eq!(done.expect("built"), Exit::Done, "at {}", self.now);
    }

    fn run(&mut self) {
        self.build();
        self.watch.look(self.now, &self.stories, &self.forums);
    }
}

fn minutes(count: usize) -> TimeDelta {
    TimeDelta::minutes(i64::try_from(count).expect("few"))
}

/// The whole minute that a text says.
fn say_to_instant<Z: chrono::TimeZone>(at: &DateTime<Z>) -> DateTime<Utc> {
    let seconds = at.timestamp();
    DateTime::from_timestamp(seconds - seconds % 60, 0).expect("an instant")
}

fn event(word: &str, start: NaiveDate, more: &str) -> String {
    format!(
        "[[event]]\nname = \"{}\"\nkind = \"forum\"\nstart = \"{start}\"\nend = \"{}\"\nlocality = \"Graz\"\ncountry = \"AT\"\n{more}",
        texts::forum_name(word),
        start + Days::new(1)
    )
}

fn quiet() -> Console {
    Console {
        quiet: true,
        ..Console::default()
    }
}

fn put(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, text).expect("written");
}
