import ByteStreams
import Domain
import ExactMoney

/// Digests of earnings: of the id, by which an earning is known, and of its content.
///
/// The content is the canonical values, not their spelling: `5%` and `0.05`, an alias and its
/// program, an empty lever and the default one, CRLF and LF give the same digest.
struct ContentDigest: ~Copyable {
  private let hash: SipHash128
  private let programDigests: [UInt64]
  /// Program and lever as they stand in a content, one after the other; empty without plans.
  private var names: [UInt8] = []
  /// Where those of a lever begin and end in ``names``.
  private var nameRanges: [Range<Int>] = []
  /// By program: where its levers begin in ``nameRanges``.
  private var firstLever: [Int] = []
  private var scratch = PackingBuffer()
  /// Digests of participantIds by partner, as far as they were met.
  private var partners: [UInt64?] = []

  init(hash: SipHash128, plans: Plans?) {
    self.hash = hash
    let plans = plans?.plans ?? []
    programDigests = plans.map { hash.hash(Array($0.program.utf8).span).high }
    for plan in plans {
      firstLever.append(nameRanges.count)
      for lever in plan.levers {
        let start = names.count
        for (tag, name) in [(UInt8(7), plan.program), (8, lever.name)] {
          let name = Array(name.utf8)
          names.append(tag)
          Packing.append(UInt32(name.count).littleEndian, to: &names)
          names += name
        }
        nameRanges.append(start..<names.count)
      }
    }
  }

  func id(_ batch: EarningBatch, _ row: Int, _ field: EarningField) -> Hash128 {
    hash.hash(batch.bytes.span.extracting(batch.range(row, field)))
  }

  /// By which two rows are known to be of the same partner and program.
  mutating func owner(_ batch: EarningBatch, _ row: Int) -> UInt64 {
    let partner = partner(batch, row)
    let program = Int(batch.programs[row])
    if program >= 0, program < programDigests.count { return partner ^ programDigests[program] }
    return partner ^ id(batch, row, .programName).high
  }

  /// Known partners are digested once.
  private mutating func partner(_ batch: EarningBatch, _ row: Int) -> UInt64 {
    let partner = Int(batch.partners[row])
    guard partner >= 0 else { return id(batch, row, .participantId).low }
    while partners.count <= partner { partners.append(nil) }
    if let known = partners[partner] { return known }
    let digest = id(batch, row, .participantId).low
    partners[partner] = digest
    return digest
  }

  mutating func content(_ batch: EarningBatch, _ row: Int) -> Hash128 {
    scratch.removeAll()
    let flags = batch.flags[row]
    appendNumber(0, Int128(batch.days[row].number))
    appendNumber(1, Int128(batch.currencies[row].index))
    appendNumber(2, batch.amounts[row].picos)
    if flags.contains(.hasEarningRate) { appendNumber(4, batch.earningRates[row].parts) }
    if flags.contains(.hasEarningAmount) { appendNumber(5, batch.earningAmounts[row].picos) }
    if !batch.isEmpty(row, .quantity) { appendNumber(6, batch.quantities[row].picos) }
    if firstLever.isEmpty {
      appendTexts([.programName, .lever, .earningType], batch, row)
    } else {
      let lever = firstLever[Int(batch.programs[row])] + Int(batch.levers[row])
      let range = nameRanges[lever]
      let names = names
      scratch.append(names.span.extracting(range))
      appendNumber(3, Int128(batch.earningTypes[row].rawValue))
    }
    appendTexts(ContentDigest.textFields, batch, row)
    let hash = hash
    return scratch.withBytes { hash.hash($0) }
  }

  private mutating func appendTexts(_ fields: [EarningField], _ batch: EarningBatch, _ row: Int) {
    let mayHoldLines = batch.flags[row].contains(.suspicious)
    let first = row * EarningBatch.fieldCount
    let texts = batch.texts.span.extracting(first..<(first + EarningBatch.fieldCount))
    let bytes = batch.bytes.span
    for field in fields {
      let value = texts[field.rawValue]
      guard value.count > 0 else { continue }
      let text = bytes.extracting(Int(value.start)..<Int(value.end))
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
    scratch.append(value.littleEndian)
  }

  private mutating func appendText(_ tag: UInt8, _ text: Span<UInt8>) {
    scratch.append(tag)
    scratch.append(UInt32(text.count).littleEndian)
    scratch.append(text)
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
