//! `chancery kb review`: decisions of a person become rows; and how a folder of the user is written.

use crate::{
    End,
    command::{
        Parts,
        kb::diff::{below, with},
        print,
    },
};
use chancery_knowledge::{
    Files, Knowledge, Overlay, diff,
    upkeep::{Proposal, Queue, lost},
};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// The queue's file in the user's folder.
const QUEUE: &str = "review.tsv";

/// Move the rows of DIR/review.tsv that you marked into its tables, and say what changed
///
/// In review.tsv write y into the first cell of a row to accept it, n to refuse it for good (it is not proposed again). A cell of the row may be mended
/// before.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with review.tsv
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Say what would change, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let mut folder = Folder::open(&args.folder, parts)?;
    if !args.folder.join(QUEUE).is_file() {
        return Err(format!("{}: no {QUEUE} here; `chancery kb update` and `kb learn --review` write one", args.folder.display()));
    }
    let accepted = folder.queue.take_accepted();
    if accepted.is_empty() {
        let waiting = folder.queue.waiting();
        return print(&format!("no row of {} is marked y; {waiting} wait for a decision\n", args.folder.join(QUEUE).display()));
    }
    let change = folder.change(&accepted)?;
    print(&change.said)?;
    if !args.dry_run {
        folder.write(&change)?;
    }
    Ok(End::Done)
}

/// A folder of the user: an overlay or a whole directory, which need not be there yet, and its queue.
pub struct Folder<'p> {
    path: &'p Path,
    is_whole: bool,
    /// The knowledge with the folder as it is.
    pub before: Files,
    /// The rows that wait for a decision.
    pub queue: Queue,
}

/// What writing a folder would change.
pub struct Change {
    /// New texts of tables.
    tables: BTreeMap<String, String>,
    /// The difference, for reading.
    pub said: String,
}

impl<'p> Folder<'p> {
    /// Reads what is there. A folder that is not there is empty.
    pub fn open(path: &'p Path, parts: &'p Parts) -> Result<Self, String> {
        let has_table = |name: &str| path.join(name).is_file();
        let is_whole = Files::is_whole(path);
        let is_table = |e: &fs::DirEntry| e.path().is_dir() || e.path().extension().is_some_and(|x| x == "tsv" || x == "toml");
        let is_new = !path.exists() || fs::read_dir(path).is_ok_and(|entries| !entries.flatten().any(|e| is_table(&e)));
        let before = if is_new { chancery_embedded::files(&below(parts, path))? } else { with(parts, path)? };
        let file = path.join(QUEUE);
        let text =
            if has_table(QUEUE) { fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))? } else { String::new() };
        let queue = Queue::parse(&file.display().to_string(), &text).map_err(|e| e.to_string())?;
        Ok(Folder { path, is_whole, before, queue })
    }

    /// The tables with `rows` added or changed, checked: nothing may be lost, and no problem may be new.
    pub fn change(&self, rows: &BTreeMap<String, Vec<Vec<String>>>) -> Result<Change, String> {
        let text = |(table, rows): (&String, &Vec<Vec<String>>)| {
            let header = self.before.header(table);
            (table.clone(), format!("{header}\n{}", rows.iter().map(|r| format!("{}\n", r.join("\t"))).collect::<String>()))
        };
        let new: BTreeMap<String, String> = rows.iter().map(text).collect();
        let new: Vec<(&str, &str)> = new.iter().map(|(table, text)| (table.as_str(), text.as_str())).collect();
        let shown = self.path.display().to_string();
        let new = Overlay::of(&shown, &new);
        let after = self.before.clone().with_overlay(&new).map_err(|e| format!("a row for the tables has not their form: {e}"))?;
        self.refuse(&after)?;
        let mut tables = BTreeMap::new();
        for (table, text) in new.tables() {
            let own = if self.is_whole {
                after.table(table).to_owned()
            } else {
                self.own(table)?.with_rows(table, text).map_err(|e| e.to_string())?
            };
            tables.insert(table.to_owned(), own);
        }
        let mut difference = diff(&self.before, &after, None).map_err(|e| e.to_string())?;
        // the lines are those of no file yet
        difference.rows.iter_mut().for_each(|row| row.place = format!("{shown}/{}", row.file));
        Ok(Change { tables, said: difference.to_string() })
    }

    /// The folder's own table as an overlay; only a header if it has none.
    fn own(&self, table: &str) -> Result<Overlay, String> {
        let file = self.path.join(table);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => format!("{}\n", self.before.header(table)),
            Err(e) => return Err(format!("{}: {e}", file.display())),
        };
        Ok(Overlay::of(&self.path.display().to_string(), &[(table, &text)]))
    }

    /// An error that says why the new state must not be.
    fn refuse(&self, after: &Files) -> Result<(), String> {
        let (was, is) = (Knowledge::of(&self.before).map_err(|e| e.to_string())?, Knowledge::of(after).map_err(|e| e.to_string())?);
        let gone = lost((&self.before, &was), (after, &is));
        if !gone.is_empty() {
            return Err(format!("rows would be lost, so nothing is written:\n{}", gone.join("\n")));
        }
        let old = was.check();
        let new: Vec<String> = is
            .check()
            .iter()
            .filter(|p| !old.iter().any(|o| o.message == p.message))
            .map(|p| format!("{}: {}", p.file, p.message))
            .collect();
        if new.is_empty() { Ok(()) } else { Err(format!("the tables would have problems, so nothing is written:\n{}", new.join("\n"))) }
    }

    /// Writes tables and queue, the queue last: a row that is in both is no loss.
    pub fn write(&self, change: &Change) -> Result<(), String> {
        change.tables.iter().try_for_each(|(table, text)| self.write_file(table, text))?;
        self.write_queue()
    }

    /// Writes the queue alone; one that is empty and was not there needs no file.
    pub fn write_queue(&self) -> Result<(), String> {
        let is_needed = !self.queue.entries.is_empty() || self.queue_path().exists();
        if is_needed { self.write_file(QUEUE, &self.queue.text()) } else { Ok(()) }
    }

    /// Writes one file whole or not at all.
    fn write_file(&self, name: &str, text: &str) -> Result<(), String> {
        let file = self.path.join(name);
        let fail = |e: io::Error| format!("{}: {e}", file.display());
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(fail)?;
        }
        let draft = file.with_extension("tsv.new");
        fs::write(&draft, text).and_then(|()| fs::rename(&draft, &file)).map_err(fail)
    }

    /// Where the queue is.
    pub fn queue_path(&self) -> PathBuf {
        self.path.join(QUEUE)
    }
}

/// Proposals as lines for reading, at most `most` of them.
pub fn listed(proposals: &[Proposal], most: usize) -> String {
    let line = |p: &Proposal| {
        format!("  ? {}: {}; {}\n", p.table, p.cells.iter().filter(|c| !c.is_empty()).cloned().collect::<Vec<_>>().join("  "), p.why)
    };
    let more = proposals.len().saturating_sub(most);
    let rest = if more > 0 { format!("  ... and {more} more\n") } else { String::new() };
    proposals.iter().take(most).map(line).collect::<String>() + &rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\n";

    /// A folder for one test, which goes away with it.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("chancery-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).expect("a place for the test");
            Scratch(path)
        }

        fn text(&self, name: &str) -> String {
            fs::read_to_string(self.0.join(name)).unwrap_or_default()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn rows(lines: &[&str]) -> BTreeMap<String, Vec<Vec<String>>> {
        let cells = lines.iter().map(|l| l.split('\t').map(str::to_owned).collect()).collect();
        BTreeMap::from([("persons.tsv".to_owned(), cells)])
    }

    fn parts() -> Parts {
        Parts { knowledge: Vec::new(), model: None }
    }

    #[test]
    fn rows_join_those_of_the_folder_and_the_difference_is_told() {
        let scratch = Scratch::new("rows");
        let own = format!("{HEADER}# ours\nSiv Kvamme\t\tNOR\tDEF\tMinister of Defence\t2029-10-15\t\t2029-10-20\tus\n");
        fs::write(scratch.0.join("persons.tsv"), &own).expect("written");
        let parts = parts();
        let folder = Folder::open(&scratch.0, &parts).expect("an overlay");
        let new = "Marit Haugdal\t\tNOR\tHOG\tPrime Minister\t2029-10-15\t\t2029-10-20\tx";
        let change = folder.change(&rows(&[new])).expect("nothing against it");
        assert!(change.said.contains("  + Marit Haugdal  NOR  HOG  2029-10-15;"), "{}", change.said);
        folder.write(&change).expect("written");
        assert_eq!(scratch.text("persons.tsv"), format!("{own}{new}\n"));
        assert!(Folder::open(&scratch.0, &parts).is_ok_and(|f| f.before.table("persons.tsv").contains(new)));
    }

    #[test]
    fn a_result_with_new_problems_or_fewer_tenures_is_refused() {
        let scratch = Scratch::new("refused");
        let parts = parts();
        let folder = Folder::open(&scratch.0, &parts).expect("an empty folder is an overlay to be");
        let problem = folder.change(&rows(&["Marit Haugdal\t\tXXX\tHOG\tPrime Minister\t2029-10-15\t\t2029-10-20\tx"]));
        assert!(
            problem.as_ref().is_err_and(|e| e.contains("would have problems") && e.contains("neither a country")),
            "{:?}",
            problem.err()
        );
        // one long tenure would stand for the two that the imported table has of this person
        let lost = folder.change(&rows(&["Abdul Ilah Khatib\t\tJOR\tFM\tMinister of Foreign Affairs\t1998-08-21\t2007-11-22\t\tx"]));
        assert!(lost.as_ref().is_err_and(|e| e.contains("rows would be lost") && e.contains("FM of JOR would have")), "{:?}", lost.err());
        let form = folder.change(&rows(&["Marit Haugdal\t\tNOR\tHOG\tPrime Minister\tsoon\t\t\tx"]));
        assert!(form.is_err_and(|e| e.contains("is not a date")), "a row that is none");
        assert_eq!(scratch.text("persons.tsv"), "", "nothing is written");
    }

    #[test]
    fn rows_marked_y_move_and_the_rest_stays() {
        let scratch = Scratch::new("marked");
        let line = |mark: &str, name: &str| {
            format!("{mark}\tpersons.tsv\twhy\tquote\t{name}\t\tNOR\tFIN\tMinister of Finance\t2029-10-15\t2030-01-01\t\tx\n")
        };
        let queue = format!("{}{}{}", line("y", "Ola Berg"), line("n", "Kari Dal"), line("", "Per Lund"));
        fs::write(scratch.0.join(QUEUE), queue).expect("written");
        let args = Args { folder: scratch.0.clone(), dry_run: false };
        assert!(run(args, &parts()).is_ok());
        let (table, queue) = (scratch.text("persons.tsv"), scratch.text(QUEUE));
        assert!(table.starts_with(HEADER) && table.contains("Ola Berg") && !table.contains("Per Lund"), "{table}");
        assert!(
            !queue.contains("Ola Berg") && queue.contains("n\tpersons.tsv\twhy\tquote\tKari Dal") && queue.contains("Per Lund"),
            "{queue}"
        );
    }
}
