import Domain
import FoundationEssentials

extension VerifyReport {
  /// One line for each check: the period, how many things it went over, and what holds.
  package var text: String {
    let width = checks.map { String($0.checked).count + $0.unit.count }.max() ?? 0
    return checks.map { check in
      let count = "\(check.checked) \(check.unit)"
      let pad = String(repeating: " ", count: max(0, width + 1 - count.count))
      let period = check.period.isEmpty ? "all    " : check.period
      let state = holds(check) ? "holds" : "FAULT"
      return "\(state)  \(period)  \(count)\(pad)  \(check.rule)\n"
    }.joined()
  }

  /// The report as `schemas/verify.schema.json` says.
  ///
  /// - Throws: ``RunFailure`` if it cannot be encoded, which cannot be.
  package func json(exit code: Int) throws(RunFailure) -> String {
    try ReportJSON.text(
      Document(
        checks: checks.map(Document.Check.init), problems: problems.map(Document.Problem.init),
        problemCount: problemCount, notes: notes, periodsDrawnAgain: periods.map(\.text),
        feeds: feeds, rows: rows, exit: code))
  }

  private struct Document: Encodable {
    struct Check: Encodable {
      var period: String
      var name: String
      var rule: String
      var checked: Int
      var unit: String

      init(_ check: VerifyReport.Check) {
        period = check.period
        name = check.name
        rule = check.rule
        checked = check.checked
        unit = check.unit
      }
    }

    struct Problem: Encodable {
      var check: String
      var period: String
      var place: String
      var message: String
      var remedy: String

      init(_ problem: VerifyReport.Problem) {
        check = problem.check
        period = problem.period
        place = problem.place
        message = problem.message
        remedy = problem.remedy
      }
    }

    var checks: [Check]
    var problems: [Problem]
    var problemCount: Int
    var notes: [String]
    var periodsDrawnAgain: [String]
    var feeds: Int
    var rows: Int
    var exit: Int
  }
}

/// Writes reports as JSON: the same bytes for the same content.
enum ReportJSON {
  static func text(_ document: some Encodable) throws(RunFailure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    } catch {
      throw RunFailure(.fault, "a report cannot be written as JSON: \(error)")
    }
  }
}
