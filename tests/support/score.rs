//! Compares records with gold, field by field: precision, recall and their harmonic mean.
//!
//! Gold may list further right answers for a field (`FIELD_aliases`, `FIELD_acceptable`, `FIELD_alt`); an `_acceptable` list
//! that holds null allows the field to be left out. A value where gold has none is wrong; a value that gold has and the
//! record leaves out is missed.

#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::names::{best_name, fold, names_of, same_post, token_f1};

/// Token F1 from which two names count as the same.
const SAME_NAME: f64 = 0.75;

/// One disagreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// Field, as the table names it.
    pub field: &'static str,
    /// Release.
    pub release: String,
    /// What a careful reader finds.
    pub gold: Value,
    /// What the record says; null where it says nothing.
    pub given: Value,
}

/// Counts of one field.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Given and right.
    pub right: usize,
    /// Given.
    pub given: usize,
    /// In gold.
    pub gold: usize,
}

impl Tally {
    /// Share of the given values that are right.
    pub fn precision(&self) -> f64 {
        match (self.given, self.gold) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            _ => self.right as f64 / self.given as f64,
        }
    }

    /// Share of the gold values that were given and right.
    pub fn recall(&self) -> f64 {
        if self.gold == 0 {
            1.0
        } else {
            self.right as f64 / self.gold as f64
        }
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        }
    }
}

/// Figures of a set of releases.
#[derive(Debug, Default)]
pub struct Score {
    /// Per field.
    pub fields: BTreeMap<&'static str, Tally>,
    /// Every disagreement.
    pub misses: Vec<Miss>,
}

impl Score {
    /// The figures as a table.
    pub fn table(&self) -> String {
        let mut out = format!(
            "{:18} {:>9} {:>9} {:>9} {:>6} {:>6}\n",
            "field", "precision", "recall", "f1", "gold", "given"
        );
        for (field, t) in &self.fields {
            let _ = writeln!(
                out,
                "{field:18} {:9.3} {:9.3} {:9.3} {:6} {:6}",
                t.precision(),
                t.recall(),
                t.f1(),
                t.gold,
                t.given
            );
        }
        out
    }

    /// Adds one release's comparison.
    pub fn add(&mut self, release: &str, gold: &Value, record: &Value) {
        Comparison {
            score: self,
            release,
        }
        .release(gold, record);
    }
}

struct Comparison<'a> {
    score: &'a mut Score,
    release: &'a str,
}

/// How one field is compared.
struct Field<'a> {
    name: &'static str,
    gold: Option<Value>,
    given: Option<Value>,
    also: Vec<Value>,
    optional: bool,
    same: &'a dyn Fn(&Value, &Value) -> bool,
}

impl Comparison<'_> {
    fn field(&mut self, field: Field<'_>) {
        if field.optional && field.given.is_none() {
            return;
        }
        let right = field.given.as_ref().is_some_and(|given| {
            field
                .gold
                .iter()
                .chain(&field.also)
                .any(|gold| (field.same)(gold, given))
        });
        let tally = self.score.fields.entry(field.name).or_default();
        tally.gold += usize::from(field.gold.is_some());
        if right && field.gold.is_none() {
            return;
        }
        tally.given += usize::from(field.given.is_some());
        if right {
            tally.right += 1;
        } else if field.gold.is_some() || field.given.is_some() {
            self.score.misses.push(Miss {
                field: field.name,
                release: self.release.to_owned(),
                gold: field.gold.unwrap_or(Value::Null),
                given: field.given.unwrap_or(Value::Null),
            });
        }
    }

    fn plain(
        &mut self,
        name: &'static str,
        gold: Option<Value>,
        given: Option<Value>,
        same: &dyn Fn(&Value, &Value) -> bool,
    ) {
        self.field(Field {
            name,
            gold,
            given,
            also: Vec::new(),
            optional: false,
            same,
        });
    }

    fn release(&mut self, gold: &Value, record: &Value) {
        let empty = Value::Object(serde_json::Map::new());
        let record = if record.get("error").is_some() {
            &empty
        } else {
            record
        };
        if gold.get("language").is_some() {
            self.plain(
                "language",
                primary(&gold["language"]),
                primary(&record["language"]),
                &equal,
            );
        }
        if gold.get("headline").is_some() {
            self.field(Field {
                name: "headline",
                gold: some(&gold["headline"]),
                given: some(&record["headline"]),
                also: others(gold, "headline"),
                optional: optional(gold, "headline"),
                same: &|a, b| fold(text(a)) == fold(text(b)),
            });
        }
        if gold.get("date_published").is_some() {
            self.field(Field {
                name: "published",
                gold: day(&gold["date_published"]),
                given: day(&record["published"]),
                also: others(gold, "date_published")
                    .iter()
                    .filter_map(day)
                    .collect(),
                optional: optional(gold, "date_published"),
                same: &equal,
            });
        }
        if gold.get("dateline_place").is_some() {
            self.plain(
                "dateline",
                some(&gold["dateline_place"]),
                some(&record["dateline"]["place"]),
                &|a, b| token_f1(text(a), text(b)) >= 0.5,
            );
        }
        self.body(gold, record);
        if gold.get("notice_language").is_some() {
            let seen = list(&record["notices"])
                .iter()
                .find(|n| n["kind"] == "language_fallback")
                .and_then(|n| primary(&n["language"]));
            self.plain("notice", primary(&gold["notice_language"]), seen, &equal);
        }
        if gold.get("events").is_some() {
            self.events(gold, record);
        }
        self.agents(gold, record);
    }

    fn body(&mut self, gold: &Value, record: &Value) {
        let body: Vec<&str> = list(&record["body"])
            .iter()
            .map(|b| text(&b["text"]))
            .collect();
        if some(&gold["body_starts_with"]).is_some() {
            let mut starts = vec![fold(text(&gold["body_starts_with"]))];
            starts.extend(
                others(gold, "body_starts_with")
                    .iter()
                    .map(|v| fold(text(v))),
            );
            let got = body.first().map(|b| fold(b));
            let hit = got
                .as_ref()
                .is_some_and(|g| starts.iter().any(|s| g.starts_with(s.as_str())));
            let want = Value::from(starts[0].clone());
            let given = if hit {
                Some(want.clone())
            } else {
                got.map(|g| {
                    Value::from(
                        g.chars()
                            .take(starts[0].chars().count())
                            .collect::<String>(),
                    )
                })
            };
            self.plain("body_start", Some(want), given, &equal);
        }
        if some(&gold["body_ends_before"]).is_some() {
            let whole = fold(&body.join(" "));
            let mut stops = vec![fold(text(&gold["body_ends_before"]))];
            stops.extend(
                others(gold, "body_ends_before")
                    .iter()
                    .map(|v| fold(text(v))),
            );
            let given = match () {
                () if body.is_empty() => None,
                () if stops.iter().any(|s| whole.contains(s.as_str())) => {
                    Some("boilerplate".into())
                }
                () => Some("clean".into()),
            };
            self.plain("body_end", Some("clean".into()), given, &equal);
        }
    }

    fn events(&mut self, gold: &Value, record: &Value) {
        let given = list(&record["events"]);
        let borderline =
            gold["has_event_borderline"] == true || list(&gold["has_event_acceptable"]).len() == 2;
        let mut main: Vec<Value> = list(&gold["events"]).to_vec();
        let mut passing: Vec<Value> = list(&gold["mentioned_events"]).to_vec();
        if borderline {
            passing.append(&mut main.clone());
            passing.extend(given.iter().cloned());
            if given.is_empty() {
                main.clear();
            }
        }
        let claims = if !given.is_empty() && !borderline {
            Some(true.into())
        } else if main.is_empty() {
            None
        } else {
            borderline.then(|| true.into())
        };
        self.plain(
            "has_event",
            (!main.is_empty()).then(|| true.into()),
            claims,
            &equal,
        );
        let (pairs, missed, extra) = pair_up(&main, given, event_likeness);
        let (_, _, extra) = pair_up(&passing, &extra, event_likeness);
        for (g, h) in &pairs {
            self.plain("event", some(&g["name"]), some(&h["name"]), &|_, _| true);
            self.event(g, h);
        }
        for g in &missed {
            self.plain("event", some(&g["name"]), None, &equal);
        }
        for h in &extra {
            self.plain("event", None, some(&h["name"]), &equal);
        }
    }

    fn event(&mut self, g: &Value, h: &Value) {
        let floor = if g["name_descriptive"] == true {
            0.4
        } else {
            SAME_NAME
        };
        let names = names_of(g);
        self.plain("event.name", some(&g["name"]), some(&h["name"]), &|_, b| {
            names
                .iter()
                .map(|n| token_f1(n, text(b)))
                .fold(0.0, f64::max)
                >= floor
        });
        for (end, stated, inferred) in [
            ("start", "event.start", "event.start~"),
            ("end", "event.end", "event.end~"),
        ] {
            let value = some(&g[end]);
            let mut also: Vec<Value> = others(g, end).iter().filter_map(day).collect();
            let is_inferred = value.is_some()
                && (truthy(&g[format!("{end}_inferred")])
                    || truthy(&g["inferred"])
                    || truthy(&g[end]["inferred"]));
            if end == "end" && !is_inferred {
                also.extend(day(&g["start"]));
            }
            self.field(Field {
                name: if is_inferred { inferred } else { stated },
                gold: value.as_ref().and_then(day),
                given: day(&h[end]),
                also,
                optional: optional(g, end),
                same: &equal,
            });
        }
        let clock = some(&g["start_time"])
            .map(|c| text(&c).chars().take(5).collect::<String>())
            .or_else(|| {
                minute(&g["start"])
                    .filter(|m| m.len() == 16)
                    .map(|m| m[11..].to_owned())
            });
        if let Some(clock) = clock {
            let got = minute(&h["start"])
                .filter(|m| m.len() == 16)
                .map(|m| Value::from(&m[11..]));
            self.plain("event.start_time", Some(clock.into()), got, &equal);
        }
        self.location(g, h);
        let mut also = others(g, "attendance");
        if truthy(&g["location"]) {
            also.push("offline".into());
        }
        self.field(Field {
            name: "event.attendance",
            gold: some(&g["attendance"]),
            given: some(&h["attendance"]),
            also,
            optional: optional(g, "attendance") || g["attendance"] == "offline",
            same: &equal,
        });
        self.field(Field {
            name: "event.organizer",
            gold: some(&g["organizer"]),
            given: some(&h["organizer"]),
            also: others(g, "organizer"),
            optional: optional(g, "organizer"),
            same: &|a, b| best_name(a, b) >= 0.5,
        });
        self.plain(
            "event.edition",
            some(&g["edition"]),
            some(&h["edition"]),
            &|a, b| a.to_string().trim_matches('"') == b.to_string().trim_matches('"'),
        );
        self.field(Field {
            name: "event.status",
            gold: some(&g["status"]).or(Some("scheduled".into())),
            given: some(&h["status"]).or(Some("scheduled".into())),
            also: others(g, "status"),
            optional: false,
            same: &equal,
        });
    }

    fn location(&mut self, g: &Value, h: &Value) {
        let (gl, hl) = (&g["location"], &h["location"]);
        let accepted: Vec<&Value> = list(&g["location_acceptable"])
            .iter()
            .filter(|x| x.is_object())
            .collect();
        let name = |l: &Value| some(&l["name"]).or_else(|| some(&l["venue"]));
        self.field(Field {
            name: "event.venue",
            gold: name(gl),
            given: some(&hl["venue"]).or_else(|| some(&hl["name"])),
            also: accepted.iter().filter_map(|l| name(l)).collect(),
            optional: false,
            // Gold may write the street behind the house; the record has a field for it.
            same: &|a, b| {
                let street = format!("{} {}", text(b), hl["street"].as_str().unwrap_or_default());
                token_f1(text(a), text(b)) >= 0.6 || token_f1(text(a), &street) >= 0.6
            },
        });
        self.field(Field {
            name: "event.locality",
            gold: some(&gl["locality"]),
            given: some(&hl["locality"]),
            also: accepted
                .iter()
                .filter_map(|l| some(&l["locality"]))
                .collect(),
            optional: false,
            same: &|a, b| token_f1(text(a), text(b)) >= 0.5,
        });
        let country = some(&gl["country"]);
        // A country that follows from a stated town may be given although the text leaves it out.
        let given = if country.is_some() || some(&gl["locality"]).is_none() {
            some(&hl["country"])
        } else {
            None
        };
        self.plain("event.country", country, given, &equal);
    }

    fn agents(&mut self, gold: &Value, record: &Value) {
        let like =
            |a: &Value, b: &Value| Some(best_name(a, b)).filter(|f| *f >= 0.6).unwrap_or(0.0);
        for field in ["people", "organizations"] {
            if some(&gold[field]).is_none() {
                continue;
            }
            let (pairs, missed, extra) = pair_up(list(&gold[field]), list(&record[field]), like);
            for (g, h) in pairs {
                self.plain(field, Some(g.clone()), Some(h.clone()), &|_, _| true);
                if field == "people" && g.is_object() {
                    self.plain(
                        "people.role",
                        some(&g["role"]),
                        some(&h["role"]),
                        &|_, _| same_post(&g, &h),
                    );
                }
            }
            for g in missed {
                self.plain(field, Some(g), None, &equal);
            }
            // Gold names every person; of the organizations only the main ones, so extra ones are not counted.
            if field == "people" {
                for h in extra {
                    self.plain(field, None, Some(h), &equal);
                }
            }
        }
    }
}

fn equal(a: &Value, b: &Value) -> bool {
    a == b
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn some(value: &Value) -> Option<Value> {
    (!value.is_null()).then(|| value.clone())
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(b) => *b,
        Value::Object(map) => !map.is_empty(),
        _ => true,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn primary(value: &Value) -> Option<Value> {
    value
        .as_str()
        .and_then(|tag| tag.split('-').next())
        .filter(|t| !t.is_empty())
        .map(Value::from)
}

/// The ISO text of a gold date, or of a record's `{"value": …}`.
fn iso(value: &Value) -> Option<&str> {
    let value = if value.is_object() {
        &value["value"]
    } else {
        value
    };
    value.as_str().filter(|v| !v.is_empty())
}

fn day(value: &Value) -> Option<Value> {
    iso(value).map(|v| Value::from(v.get(..10).unwrap_or(v)))
}

fn minute(value: &Value) -> Option<String> {
    iso(value).map(|v| v.get(..16).unwrap_or(v).to_owned())
}

/// Further right answers that gold lists for a field.
fn others(gold: &Value, field: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for suffix in ["_aliases", "_acceptable", "_alt"] {
        match &gold[format!("{field}{suffix}")] {
            Value::Null => {}
            Value::Array(values) => found.extend(values.iter().filter(|v| !v.is_null()).cloned()),
            value => found.push(value.clone()),
        }
    }
    found
}

fn optional(gold: &Value, field: &str) -> bool {
    list(&gold[format!("{field}_acceptable")]).contains(&Value::Null)
}

fn event_likeness(gold: &Value, given: &Value) -> f64 {
    let name = best_name(gold, given);
    let dated = day(&gold["start"]).is_some() && day(&gold["start"]) == day(&given["start"]);
    if name < 0.3 && !(dated && name > 0.1) {
        return 0.0;
    }
    name + if dated { 0.5 } else { 0.0 }
}

type Pairing = (Vec<(Value, Value)>, Vec<Value>, Vec<Value>);

/// Greedy best matching: pairs, gold left over, given left over.
fn pair_up(gold: &[Value], given: &[Value], likeness: impl Fn(&Value, &Value) -> f64) -> Pairing {
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, h) in given.iter().enumerate() {
            scored.push((likeness(g, h), i, j));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut pairs, mut used_gold, mut used_given) = (
        Vec::new(),
        vec![false; gold.len()],
        vec![false; given.len()],
    );
    for (score, i, j) in scored {
        if score <= 0.0 {
            break;
        }
        if !used_gold[i] && !used_given[j] {
            used_gold[i] = true;
            used_given[j] = true;
            pairs.push((gold[i].clone(), given[j].clone()));
        }
    }
    let left = |items: &[Value], used: &[bool]| {
        items
            .iter()
            .zip(used)
            .filter(|(_, used)| !**used)
            .map(|(item, _)| item.clone())
            .collect()
    };
    (pairs, left(gold, &used_gold), left(given, &used_given))
}
