import Domain
import ExactMoney

/// Compares what two runs or closes wrote.
package struct DiffPipeline {
  /// What a total adds up.
  private struct TotalKey: Hashable {
    var program: String
    var currency: Currency
  }

  /// A total while it is added up.
  private struct Running {
    var a: Money
    var b: Money
    var causes: [(cause: String, sum: Money)] = []

    mutating func add(_ cause: Diff.Cause) throws(MoneyError) {
      if let position = causes.firstIndex(where: { $0.cause == cause.cause }) {
        causes[position].sum = try causes[position].sum.plus(cause.money)
      } else {
        causes.append((cause.cause, cause.money))
      }
    }
  }

  private let root: String?
  private let a: String
  private let b: String

  /// - Parameters:
  ///   - root: Of the workspace whose periods are meant; nil if there is none.
  ///   - a: A period, or an output directory.
  ///   - b: The same.
  package init(root: String?, a: String, b: String) {
    self.root = root
    self.a = a
    self.b = b
  }

  /// Compares.
  ///
  /// - Throws: ``RunFailure``; with code 66 if there is no such output, 65 if it is not what was
  ///   written, or the causes do not come to the difference.
  package func run() throws(RunFailure) -> Diff {
    do {
      let (from, to) = (try source(a), try source(b))
      return try compare(from, to)
    } catch {
      throw RunFailure(error)
    }
  }

  private func source(_ name: String) throws -> DiffSource {
    guard let period = Period(name) else { return try DiffSource(name) }
    guard let root else {
      throw RunFailure(
        .noInput, "no payout.yaml here or above: name a workspace with --workspace")
    }
    return try DiffSource(WorkspacePaths(root: root).outbox(period))
  }

  private func compare(_ from: DiffSource, _ to: DiffSource) throws -> Diff {
    var diff = Diff(
      a: .init(name: a, period: from.period, state: from.state),
      b: .init(name: b, period: to.period, state: to.state), balances: [], totals: [])
    var totals: [TotalKey: Running] = [:]
    let names = Set(from.balances.keys).union(to.balances.keys)
      .sorted(by: DiffBalance.Name.precedes)
    for own in names.chunked(by: \.participantId) {
      let old = try from.balances(of: own[0].participantId, own)
      let new = try to.balances(of: own[0].participantId, own)
      for name in own {
        try compare(
          old.first { $0.name == name } ?? DiffBalance(name),
          new.first { $0.name == name } ?? DiffBalance(name), to.rounding, &diff, &totals)
      }
    }
    try addTotals(totals, &diff)
    return diff
  }

  private func compare(
    _ old: DiffBalance, _ new: DiffBalance, _ rounding: RoundingMode, _ diff: inout Diff,
    _ totals: inout [TotalKey: Running]
  ) throws {
    let causes = try DiffCauses(from: old, to: new, rounding).causes
    let name = new.name
    let zero = Money.zero(name.currency)
    let key = TotalKey(program: name.program, currency: name.currency)
    var total = totals[key] ?? Running(a: zero, b: zero)
    total.a = try total.a.plus(old.payment)
    total.b = try total.b.plus(new.payment)
    for cause in causes { try total.add(cause) }
    totals[key] = total
    guard !causes.isEmpty || old.status != new.status || old.holds != new.holds else { return }
    diff.balances.append(
      Diff.Balance(
        participantId: name.participantId,
        participantName: new.participantName.isEmpty ? old.participantName : new.participantName,
        programName: name.program, currency: name.currency.code, paymentA: old.payment.text,
        paymentB: new.payment.text, difference: try new.payment.minus(old.payment).text,
        closingA: old.closing.text, closingB: new.closing.text, statusA: old.status,
        statusB: new.status, holdsA: old.holds, holdsB: new.holds, causes: causes))
  }

  private func addTotals(_ totals: [TotalKey: Running], _ diff: inout Diff) throws {
    let keys = totals.keys.sorted {
      $0.program == $1.program
        ? $0.currency < $1.currency : precedesInBytes($0.program, $1.program)
    }
    for key in keys {
      guard let total = totals[key] else { continue }
      let causes = Diff.Cause.order.compactMap { name in
        total.causes.first { $0.cause == name && !$0.sum.isZero }
      }
      var sum = total.a
      for cause in causes { sum = try sum.plus(cause.sum) }
      guard sum == total.b else {
        throw RunFailure(
          .sumsDisagree, "the causes in \(key.program) do not come to its difference")
      }
      diff.totals.append(
        Diff.Total(
          programName: key.program, currency: key.currency.code, paymentA: total.a.text,
          paymentB: total.b.text, difference: try total.b.minus(total.a).text,
          causes: causes.map { Diff.Cause($0.cause, $0.sum) }))
    }
  }
}

extension [DiffBalance.Name] {
  /// Neighbours with the same value together.
  fileprivate func chunked(by value: (Element) -> String) -> [[Element]] {
    var chunks: [[Element]] = []
    for element in self {
      if let last = chunks.last?.last, value(last) == value(element) {
        chunks[chunks.count - 1].append(element)
      } else {
        chunks.append([element])
      }
    }
    return chunks
  }
}
