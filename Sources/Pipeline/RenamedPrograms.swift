import Domain
import Ledger

/// Programs that closed books know by a name that is only an alias now.
///
/// Balances, levers and known earnings stand in the ledger under the program's name, for ever: under
/// another one the balances would not open with what they closed with.
struct RenamedPrograms {
  let plans: Plans
  let ledger: Ledger

  /// The findings, with the plan and what to write in it.
  ///
  /// - Throws: ``LedgerFault``.
  func findings() throws -> [Finding] {
    try ledger.programs().compactMap { name in
      guard let plan = plans.names.find(name).map({ plans[$0] }), !isSame(plan.program, name) else {
        return nil
      }
      let (old, new) = (SafeText.shown(name), SafeText.shown(plan.program))
      return Finding(
        .X915, feed: plan.file, field: "program", value: new,
        message: "closed books have this program as \(old), which is only an alias now",
        remedy: "Write program: \(old) again, and put \(new) into its aliases.")
    }
  }

  /// - Throws: ``RunFailure`` with code 78; ``LedgerFault``.
  func requireNone() throws {
    let findings = try findings()
    guard findings.isEmpty else {
      throw RunFailure(
        .configuration, "a program of closed books was renamed: nothing done",
        findings: findings.sorted(by: Finding.precedes))
    }
  }

  private func isSame(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
  }
}
