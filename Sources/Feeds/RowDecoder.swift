package import Domain
import ExactMoney

/// Turns the texts of a batch into typed columns, and what cannot be read into findings.
///
/// It only looks at one row at a time, so any part of a feed can be decoded anywhere.
package struct RowDecoder: Sendable {
  let feed: FeedFile
  private let registry: Registry?
  private let plans: Plans?
  private let placeholder: Currency
  private var programs: [Program]

  /// What of a plan every row needs; the plan itself is too large to be handed about per row.
  private struct Program {
    var levers: Levers
    var defaultLever: Int?
    /// By lever.
    var types: [EarningType]
    /// Of earning types, those met so far; the folding is not done per row.
    var spellings = NameIndex()
  }

  /// One reference in place of the arrays of an index: references are counted with every row.
  private final class Levers: Sendable {
    let names: NameIndex

    init(_ names: NameIndex) {
      self.names = names
    }
  }

  /// How many spellings are remembered per plan; past them each one is folded anew.
  private static let spellingsMax = 1000

  /// - Parameters:
  ///   - registry: Without one, R205 is left out.
  ///   - plans: Without them, R206 to R208 are left out.
  package init(feed: FeedFile, registry: Registry?, plans: Plans?) {
    self.feed = feed
    self.registry = registry
    self.plans = plans
    programs = (plans?.plans ?? []).map { plan in
      Program(
        levers: Levers(plan.leverNames), defaultLever: plan.defaultLever,
        types: plan.levers.map(\.earningType))
    }
    placeholder = Currency(at: 0)
  }

  /// Fills the typed columns of a batch.
  package mutating func decode(_ batch: inout EarningBatch, findings: inout FindingLog) {
    batch.makeTypedColumns(currency: placeholder)
    findPartners(&batch)
    for row in 0..<batch.count where !batch.flags[row].contains(.passedOver) {
      decode(row, &batch, &findings)
    }
    if !batch.strays.isEmpty { rejectStrays(&batch, &findings) }
  }

  /// Rejects the rows that have a faulty value in a column that is not ours.
  private func rejectStrays(_ batch: inout EarningBatch, _ findings: inout FindingLog) {
    for stray in batch.strays where !batch.flags[Int(stray.row)].contains(.passedOver) {
      batch.flags[Int(stray.row)].insert(.rejected)
      batch.faults.append(RowFault(row: Int(stray.row), code: stray.code, field: nil))
      guard findings.count(stray.code) else { continue }
      let message = "\(stray.column): expected \(textMessage(stray.code, nil))"
      findings.list(RowFinding.make(stray, feed: feed.name, batch, message: message))
    }
  }

  /// Looks up the partners of all rows one after the other: each look-up waits for memory, and next to
  /// each other they wait at the same time.
  private func findPartners(_ batch: inout EarningBatch) {
    guard let registry else { return }
    for row in 0..<batch.count where !batch.flags[row].contains(.passedOver) {
      let range = batch.range(row, .participantId)
      batch.partners[row] = Int32(registry.ids.find(batch.bytes.span.extracting(range)) ?? -1)
    }
  }

  private mutating func decode(
    _ row: Int, _ batch: inout EarningBatch, _ findings: inout FindingLog
  ) {
    if batch.flags[row].contains(.malformed) {
      batch.partners[row] = -1
      batch.flags[row].insert(.rejected)
      batch.faults.append(RowFault(row: row, code: .R212, field: nil))
      if findings.count(.R212) {
        findings.list(rowFinding(.R212, batch, row, message: malformedMessage(batch)))
      }
      return
    }
    let isPlain = !batch.flags[row].contains(.suspicious) && hasRequired(row, batch)
    let unreadable = isPlain ? 0 : checkTexts(row, &batch, &findings)
    func readable(_ field: EarningField) -> Bool { unreadable & (1 << UInt64(field.rawValue)) == 0 }
    decodePartner(row, readable(.participantId), &batch, &findings)
    decodeDay(row, readable(.transactionDate), &batch, &findings)
    decodeMoney(
      row, currency: readable(.transactionCurrency), amount: readable(.transactionAmount), &batch,
      &findings)
    decodeProgram(
      row, program: readable(.programName), lever: readable(.lever),
      type: readable(.earningType), &batch, &findings)
    decodeRate(row, readable(.earningRate), &batch, &findings)
    if let amount = decimal(row, .earningAmount, readable(.earningAmount), &batch, &findings) {
      batch.earningAmounts[row] = amount
      batch.flags[row].insert(.hasEarningAmount)
    }
    if let quantity = decimal(row, .quantity, readable(.quantity), &batch, &findings) {
      batch.quantities[row] = quantity
    }
    if batch.amounts[row].isNegative, !batch.isEmpty(row, .relatedEarningId) {
      batch.flags[row].insert(.follows)
    }
  }

  private func decodePartner(
    _ row: Int, _ readable: Bool, _ batch: inout EarningBatch, _ findings: inout FindingLog
  ) {
    guard readable, registry != nil else {
      batch.partners[row] = -1
      return
    }
    guard batch.partners[row] < 0 else { return }
    reject(.R205, row, .participantId, &batch, &findings) {
      "a participantId of registry/partners.csv"
    }
  }

  private func decodeDay(
    _ row: Int, _ readable: Bool, _ batch: inout EarningBatch, _ findings: inout FindingLog
  ) {
    guard readable else { return }
    let range = batch.range(row, .transactionDate)
    if let day = DayText.day(batch.bytes.span.extracting(range)) {
      batch.days[row] = day
    } else {
      reject(.R202, row, .transactionDate, &batch, &findings) {
        "a date like 2026-10-31, or a timestamp with Z or an offset"
      }
    }
  }

  private func decodeMoney(
    _ row: Int, currency: Bool, amount: Bool, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) {
    var found: Currency?
    if currency {
      let range = batch.range(row, .transactionCurrency)
      found = Currency.find(batch.bytes.span.extracting(range))
      if let found {
        batch.currencies[row] = found
      } else {
        reject(.R204, row, .transactionCurrency, &batch, &findings) {
          "a currency code of ISO 4217 in capitals, like EUR"
        }
      }
    }
    if let value = decimal(row, .transactionAmount, amount, &batch, &findings) {
      batch.amounts[row] = value
      if found != nil { batch.flags[row].insert(.amountReadable) }
    }
  }

  private mutating func decodeProgram(
    _ row: Int, program: Bool, lever: Bool, type: Bool, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) {
    guard program, let plans else { return }
    let range = batch.range(row, .programName)
    guard let found = plans.names.find(batch.bytes.span.extracting(range)) else {
      reject(.R206, row, .programName, &batch, &findings) {
        "the name or an alias of a program in plans/"
      }
      return
    }
    batch.programs[row] = Int32(found)
    if lever { decodeLever(row, found, plans, &batch, &findings) }
    guard type else { return }
    if batch.isEmpty(row, .earningType) {
      let lever = Int(batch.levers[row])
      if lever >= 0 { batch.earningTypes[row] = programs.span[found].types[lever] }
    } else {
      decodeType(row, found, plans, &batch, &findings)
    }
  }

  private func decodeLever(
    _ row: Int, _ program: Int, _ plans: Plans, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) {
    let named = !batch.isEmpty(row, .lever)
    let range = batch.range(row, .lever)
    let found =
      named
      ? programs.span[program].levers.names.find(batch.bytes.span.extracting(range))
      : programs.span[program].defaultLever
    if let found {
      batch.levers[row] = Int32(found)
    } else {
      let plan = plans[program]
      reject(.R207, row, .lever, &batch, &findings) {
        named
          ? "a lever of \(plan.file): \(plan.levers.map(\.name).joined(separator: ", "))"
          : "is missing, and \(plan.file) has no defaultLever"
      }
    }
  }

  private mutating func decodeType(
    _ row: Int, _ program: Int, _ plans: Plans, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) {
    let range = batch.range(row, .earningType)
    if let known = programs[program].spellings.find(batch.bytes.span.extracting(range)),
      let type = EarningType(rawValue: UInt8(known))
    {
      batch.earningTypes[row] = type
      return
    }
    let plan = plans[program]
    if let type = plan.earningType(batch.bytes.span.extracting(range)) {
      if programs[program].spellings.count < RowDecoder.spellingsMax {
        let spelling = String(decoding: batch.bytes[range], as: UTF8.self)
        programs[program].spellings.insert(spelling, number: Int(type.rawValue))
      }
      batch.earningTypes[row] = type
    } else {
      reject(.R208, row, .earningType, &batch, &findings) {
        "one of \(EarningType.allCases.map(\.name).joined(separator: ", ")), or a spelling that"
          + " earningTypes in \(plan.file) maps"
      }
    }
  }

  private func decodeRate(
    _ row: Int, _ readable: Bool, _ batch: inout EarningBatch, _ findings: inout FindingLog
  ) {
    guard readable, !batch.isEmpty(row, .earningRate) else { return }
    let range = batch.range(row, .earningRate)
    switch DecimalText.rate(batch.bytes.span.extracting(range)) {
    case .value(let rate) where rate.isShare:
      batch.earningRates[row] = rate
      batch.flags[row].insert(.hasEarningRate)
    case .value, .malformed:
      reject(.R203, row, .earningRate, &batch, &findings) { "a rate from 0 to 1, or 0% to 100%" }
    case .tooManyDigits:
      reject(.R216, row, .earningRate, &batch, &findings) { RowDecoder.digitsMessage }
    }
  }

  private func decimal(
    _ row: Int, _ field: EarningField, _ readable: Bool, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) -> ExactAmount? {
    guard readable, !batch.isEmpty(row, field) else { return nil }
    let range = batch.range(row, field)
    switch DecimalText.amount(batch.bytes.span.extracting(range)) {
    case .value(let amount): return amount
    case .malformed:
      reject(.R203, row, field, &batch, &findings) {
        "a decimal like -1234.50, without separators or currency signs"
      }
    case .tooManyDigits:
      reject(.R216, row, field, &batch, &findings) { RowDecoder.digitsMessage }
    }
    return nil
  }
}
