package import Domain

/// What `verify` has proved, and what does not hold.
package struct VerifyReport: Sendable {
  /// One kind of check, and over how many things it was made.
  package struct Check: Sendable {
    /// A period, or empty where it is about the whole ledger.
    package var period: String
    package var name: String
    /// In words: what holds.
    package var rule: String
    package var checked: Int
    /// What was counted: `files`, `rows`, …
    package var unit: String
  }

  /// Something that does not hold.
  package struct Problem: Sendable {
    /// The name of the check that found it.
    package var check: String
    /// The period that was looked at, or empty where it is about the whole ledger.
    package var period: String
    /// A file of the workspace, with a line where there is one.
    package var place: String
    package var message: String
    package var remedy: String
  }

  package private(set) var checks: [Check] = []
  package private(set) var problems: [Problem] = []
  /// The period that is looked at; nil as long as it is the whole ledger.
  var period: Period?
  /// What is worth saying and no fault.
  package internal(set) var notes: [String] = []
  /// The closed periods that were drawn again.
  package internal(set) var periods: [Period] = []
  package internal(set) var feeds = 0
  package internal(set) var rows = 0

  /// Problems past so many are counted and not kept.
  package static let problemsMax = 1000
  package private(set) var problemCount = 0
  /// The checks that found something, each with its period, those of problems that are not kept
  /// included.
  private var failed: Set<[String]> = []

  /// Whether a check found nothing; one without a period is of all of them.
  package func holds(_ check: Check) -> Bool {
    check.period.isEmpty
      ? !failed.contains { $0[0] == check.name } : !failed.contains([check.name, check.period])
  }

  /// Counts what a check went over; the same check of the same period is one line.
  mutating func count(
    _ name: CheckName, _ checked: Int, period: Period? = nil
  ) {
    let text = period?.text ?? ""
    if let index = checks.firstIndex(where: { $0.name == name.rawValue && $0.period == text }) {
      checks[index].checked += checked
    } else {
      checks.append(
        Check(
          period: text, name: name.rawValue, rule: name.rule, checked: checked, unit: name.unit))
    }
  }

  mutating func add(_ name: CheckName, _ place: String, _ message: String, _ remedy: Remedy) {
    problemCount += 1
    failed.insert([name.rawValue, period?.text ?? ""])
    guard problems.count < VerifyReport.problemsMax else { return }
    problems.append(
      Problem(
        check: name.rawValue, period: period?.text ?? "", place: SafeText.escaped(place),
        message: SafeText.escaped(message), remedy: remedy.text))
  }

  /// The checks, in the order in which they are made.
  enum CheckName: String, CaseIterable {
    case ledger, segments, archive, controlTotals, buckets, files, copies, statements, register
    case payments, openings, redraw, paymentFiles, approvals
    case reconciliation

    /// What holds if the check finds nothing.
    var rule: String {
      switch self {
      case .ledger: "the database is sound; every posting has its counterpart; closes add up"
      case .segments: "the files of ledger/segments are what was written"
      case .archive: "the archived feeds are what was taken in"
      case .controlTotals: "rows and totals of feeds are their control totals"
      case .buckets: "rows and amounts of each feed are in one bucket each"
      case .files: "the files of the output directory are what run.json lists"
      case .copies: "the copies of registry, plans and rates are what run.json lists"
      case .statements: "lines add up to subtotals, these to totals and to the closing"
      case .register: "statements add up to the register"
      case .payments: "the register adds up to the payments"
      case .openings: "openings are the closings of the period before"
      case .redraw: "drawing the period again gives the same bytes"
      case .paymentFiles:
        "every payment of the register is in one payment file, and these are as written"
      case .approvals: "payment files were approved by as many users as was asked for"
      case .reconciliation: "the reports of reconciliations are what the ledger says"
      }
    }

    var unit: String {
      switch self {
      case .ledger: "closes"
      case .segments, .files, .copies, .redraw, .reconciliation: "files"
      case .archive, .controlTotals, .buckets: "feeds"
      case .statements: "statements"
      case .register: "balances"
      case .payments, .paymentFiles: "payments"
      case .approvals: "approvals"
      case .openings: "balances"
      }
    }
  }

  /// What to do about a problem.
  enum Remedy {
    /// A file that only a backup has.
    case restore(String)
    /// A file that should not be there.
    case remove(String)
    /// Whatever a run writes anew.
    case run
    /// A closed period's output directory, which the close makes again.
    case close(Period)
    /// A closed period's payment files that are missing.
    case payments(Period)
    /// Payment files of which one may be at the bank.
    case compare
    /// An approval that does not count.
    case approve(Period)
    /// A directory that any command writes again once it is gone.
    case drawAgain(String)
    /// What was to draw the PDFs of a closed period is not there.
    case addPDFProgram(Period)
    /// What no command mends.
    case report

    var text: String {
      switch self {
      case .restore(let what): "Restore \(SafeText.escaped(what)) from a backup."
      case .remove(let what): "Remove \(SafeText.escaped(what))."
      case .run: "Run `payout run`; it writes the draft again."
      case .close(let period):
        "Run `payout close \(period.text)`; it writes a closed period's directory again."
      case .payments(let period):
        "Run `payout payments \(period.text)`; it writes what is missing again."
      case .compare:
        "Find out which file went to the bank, and restore that one from a backup."
      case .approve(let period):
        "Let the user run `payout approve \(period.text)` again, or remove the file."
      case .drawAgain(let directory):
        "Remove \(SafeText.escaped(directory)); the next run or reconcile writes it again."
      case .addPDFProgram(let period):
        "Put payout-pdf of the same build beside payout (docs/statements.md), then run"
          + " `payout close \(period.text)`; it writes a closed period's directory again."
      case .report:
        "Pay nothing from it; restore the workspace from a backup in which this check holds."
      }
    }
  }
}
