import ByteStreams
import Domain
import ExactMoney

/// Digests of earnings: of the id, by which an earning is known, and of its content.
///
/// The content is the canonical values, not their spelling: `5%` and `0.05`, an alias and its
/// program, an empty lever and the default one, CRLF and LF give the same digest.
struct ContentDigest {
  private let hash: SipHash128
  private let programs: [[UInt8]]
  private let levers: [[[UInt8]]]
  private let programDigests: [UInt64]
  private var scratch: [UInt8] = []

  init(hash: SipHash128, plans: Plans?) {
    self.hash = hash
    programs = plans?.plans.map { Array($0.program.utf8) } ?? []
    levers = plans?.plans.map { plan in plan.levers.map { Array($0.name.utf8) } } ?? []
    programDigests = programs.map { hash.hash($0.span).high }
    scratch.reserveCapacity(1024)
  }

  func id(_ batch: EarningBatch, _ row: Int, _ field: EarningField) -> Hash128 {
    hash.hash(batch.bytes.span.extracting(batch.range(row, field)))
  }

  /// By which two rows are known to be of the same partner and program.
  func owner(_ batch: EarningBatch, _ row: Int) -> UInt64 {
    let partner = id(batch, row, .participantId).low
    let program = Int(batch.programs[row])
    if program >= 0, program < programDigests.count { return partner ^ programDigests[program] }
    return partner ^ id(batch, row, .programName).high
  }

  mutating func content(_ batch: EarningBatch, _ row: Int) -> Hash128 {
    scratch.removeAll(keepingCapacity: true)
    let flags = batch.flags[row]
    appendNumber(0, Int128(batch.days[row].number))
    appendNumber(1, Int128(batch.currencies[row].index))
    appendNumber(2, batch.amounts[row].picos)
    if flags.contains(.hasEarningRate) { appendNumber(4, batch.earningRates[row].parts) }
    if flags.contains(.hasEarningAmount) { appendNumber(5, batch.earningAmounts[row].picos) }
    if !batch.isEmpty(row, .quantity) { appendNumber(6, batch.quantities[row].picos) }
    if programs.isEmpty {
      appendTexts([.programName, .lever, .earningType], batch, row)
    } else {
      let program = Int(batch.programs[row])
      let programName = programs[program]
      let leverName = levers[program][Int(batch.levers[row])]
      appendText(7, programName.span)
      appendText(8, leverName.span)
      appendNumber(3, Int128(batch.earningTypes[row].rawValue))
    }
    appendTexts(ContentDigest.textFields, batch, row)
    return hash.hash(scratch.span)
  }

  private mutating func appendTexts(_ fields: [EarningField], _ batch: EarningBatch, _ row: Int) {
    let mayHoldLines = batch.flags[row].contains(.suspicious)
    for field in fields where !batch.isEmpty(row, field) {
      let text = batch.bytes.span.extracting(batch.range(row, field))
      let tag = UInt8(16 + field.rawValue)
      if mayHoldLines { appendLines(tag, text) } else { appendText(tag, text) }
    }
  }

  /// Fields whose text is their content: all that have no typed column, and the partner's id.
  private static let textFields: [EarningField] = EarningField.allCases.filter { field in
    switch field {
    case .participantId: true
    case .earningId, .programName, .transactionDate, .transactionCurrency, .transactionAmount,
      .lever, .earningType, .earningRate, .earningAmount, .quantity:
      false
    default: true
    }
  }

  private mutating func appendNumber(_ tag: UInt8, _ value: Int128) {
    scratch.append(tag)
    Packing.append(value.littleEndian, to: &scratch)
  }

  private mutating func appendText(_ tag: UInt8, _ text: Span<UInt8>) {
    scratch.append(tag)
    Packing.append(UInt32(text.count).littleEndian, to: &scratch)
    Packing.append(text, to: &scratch)
  }

  /// Appends a text without the carriage returns of its line breaks.
  private mutating func appendLines(_ tag: UInt8, _ text: Span<UInt8>) {
    var lines: [UInt8] = []
    for position in 0..<text.count {
      let byte = text[position]
      if byte == 0x0D, position + 1 < text.count, text[position + 1] == 0x0A { continue }
      lines.append(byte)
    }
    appendText(tag, lines.span)
  }
}
