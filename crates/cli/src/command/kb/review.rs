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
    upkeep::{Proposal, Queue, lost, text},
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
    let mut rows = Rows::new();
    for entry in accepted {
        rows.entry(entry.proposal.table).or_default().insert(entry.line, entry.proposal.cells);
    }
    let change = folder.change(&rows, &folder.queue_path().display().to_string())?;
    print_all(&change.said)?;
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

/// Rows for the tables, each with its line where it comes from.
pub type Rows = BTreeMap<String, BTreeMap<usize, Vec<String>>>;

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
        let is_whole = Files::is_whole(path);
        let is_file = |e: &fs::DirEntry| e.path().extension().is_some_and(|x| x == "tsv" || x == "toml");
        let is_ours = |e: &fs::DirEntry| is_file(e) || ["imported", "ontology", "languages"].iter().any(|f| e.file_name() == *f);
        let is_new = !path.exists() || fs::read_dir(path).is_ok_and(|entries| !entries.flatten().any(|e| is_ours(&e)));
        let before = if is_new { chancery_embedded::files(&below(parts, path))? } else { with(parts, path)? };
        let file = path.join(QUEUE);
        let shown = file.display().to_string();
        let bytes = if file.is_file() { fs::read(&file).map_err(|e| format!("{shown}: {e}"))? } else { Vec::new() };
        let queue = text(&shown, bytes.as_slice()).and_then(|text| Queue::parse(&shown, &text)).map_err(|e| e.to_string())?;
        Ok(Folder { path, is_whole, before, queue })
    }

    /// The tables with `rows` of `source` added or changed, checked: nothing may be lost, and no problem may be new.
    pub fn change(&self, rows: &Rows, source: &str) -> Result<Change, String> {
        let new =
            rows.iter().map(|(table, rows)| Ok((table.as_str(), self.table(table, rows, source)?))).collect::<Result<Vec<_>, String>>()?;
        let new: Vec<(&str, &str)> = new.iter().map(|(table, text)| (*table, text.as_str())).collect();
        let new = Overlay::of(source, &new);
        // what is wrong with a row is wrong in the file that it comes from, where it has the same line
        let at_home =
            |said: String| rows.keys().fold(said, |said, table| said.replace(&format!("{source}/{table}:"), &format!("{source}:")));
        let after = self.before.clone().with_overlay(&new).map_err(|e| at_home(e.to_string()))?;
        self.refuse(&after).map_err(at_home)?;
        let shown = self.path.display();
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

    /// Rows as a table, each at its line.
    fn table(&self, table: &str, rows: &BTreeMap<usize, Vec<String>>, source: &str) -> Result<String, String> {
        let (mut text, mut last) = (self.before.header(table).to_owned(), 1);
        for (line, cells) in rows {
            let row = cells.join("\t");
            if row.starts_with(['#', '-']) {
                return Err(format!("{source}:{line}: a row cannot begin with # or -; mend the first cell of the row"));
            }
            // in a queue without its header the first row has the header's line
            let ends = line.saturating_sub(last).max(1);
            text.push_str(&"\n".repeat(ends));
            text.push_str(&row);
            last += ends;
        }
        Ok(text)
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
        let new: Vec<String> = is.check().iter().filter(|p| !old.iter().any(|o| o.message == p.message)).map(ToString::to_string).collect();
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

/// Prints; who reads no further has not said that nothing is to be written.
pub fn print_all(said: &str) -> Result<(), String> {
    print(said).map(|_| ()).or_else(|e| if e.is_empty() { Ok(()) } else { Err(e) })
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

    fn rows(lines: &[&str]) -> Rows {
        let cells = lines.iter().enumerate().map(|(i, l)| (i + 2, l.split('\t').map(str::to_owned).collect())).collect();
        Rows::from([("persons.tsv".to_owned(), cells)])
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
        let change = folder.change(&rows(&[new]), "new").expect("nothing against it");
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
        let problem = folder.change(&rows(&["Marit Haugdal\t\tXXX\tHOG\tPrime Minister\t2029-10-15\t\t2029-10-20\tx"]), "new");
        assert!(
            problem
                .as_ref()
                .is_err_and(|e| e.contains("would have problems") && e.contains("\nnew:2: ") && e.contains("neither a country")),
            "{:?}",
            problem.err()
        );
        // one long tenure would stand for the two that the imported table has of this person
        let lost = folder.change(&rows(&["Abdul Ilah Khatib\t\tJOR\tFM\tMinister of Foreign Affairs\t1998-08-21\t2007-11-22\t\tx"]), "new");
        assert!(lost.as_ref().is_err_and(|e| e.contains("rows would be lost") && e.contains("FM of JOR would have")), "{:?}", lost.err());
        for (row, wanted) in [
            ("Marit Haugdal\t\tNOR\tHOG\tPrime Minister\tsoon\t\t\tx", "new:3: \"soon\" is not a date"),
            ("Marit Haugdal\t\tNOR", "new:3: 3 cells where the header has 9"),
            ("#Marit Haugdal\t\tNOR\tFIN\tMinister\t2029\t2030\t\tx", "new:3: a row cannot begin with # or -"),
            ("Marit Haugdal\t\tNOR\tFIN\tMinister\t2029\t2030\t\tx", "new:3: line 2 has the same key"),
        ] {
            let first = "Marit Haugdal\t\tNOR\tFIN\tMinister\t2029\t2031\t\tx";
            let form = folder.change(&rows(&[first, row]), "new").err().unwrap_or_default();
            assert!(form.starts_with(wanted), "{form}");
        }
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
