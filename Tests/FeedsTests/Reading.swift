import ByteStreams
import Domain
import ExactMoney
import Feeds
import Testing

/// What became of a feed that was read as the program reads it: control file, texts, typed columns,
/// totals.
struct Reading {
  var file: FeedFile
  var rows: [ReadRow] = []
  var findings: [Finding] = []
  var refusal: Finding?
  var feedId: String?
  var totals = FeedTotals()
  var rejections: Rejections

  /// Every finding as ``Finding/shown``; what refuses the feed comes last.
  var shown: [String] { (findings + [refusal].compactMap { $0 }).map(\.shown) }

  var codes: [String] { (findings + [refusal].compactMap { $0 }).map(\.code.rawValue) }
}

/// One row as the columns of a batch have it.
struct ReadRow: Hashable {
  /// By field.
  var texts: [String]
  var partner: Int32
  var program: Int32
  var lever: Int32
  var type: EarningType
  var currency: Currency
  var day: Day
  var amount: ExactAmount
  var earningRate: ExactRate
  var earningAmount: ExactAmount
  var quantity: ExactAmount
  var flags: RowFlags
  /// Code and field.
  var faults: [String]

  init(_ batch: EarningBatch, _ row: Int) {
    texts = EarningField.allCases.map { batch.text(row, $0) }
    partner = batch.partners[row]
    program = batch.programs[row]
    lever = batch.levers[row]
    type = batch.earningTypes[row]
    currency = batch.currencies[row]
    day = batch.days[row]
    amount = batch.amounts[row]
    earningRate = batch.earningRates[row]
    earningAmount = batch.earningAmounts[row]
    quantity = batch.quantities[row]
    // Where a control character may stand is a hint from reader to decoder.
    flags = batch.flags[row].subtracting(.suspicious)
    faults = batch.faults.filter { $0.row == row }.map {
      $0.code.rawValue + ($0.field.map { " " + $0.name } ?? "")
    }
  }

  subscript(field: EarningField) -> String { texts[field.rawValue] }
}

extension Finding {
  /// `R202 3:17@90 transactionDate=soon`; what is not known is left out.
  var shown: String {
    var text = code.rawValue
    if let line { text += " \(line)" }
    if let column { text += ":\(column)" }
    if let byteOffset { text += "@\(byteOffset)" }
    if !field.isEmpty { text += " " + field }
    return value.isEmpty ? text : text + "=" + value
  }
}

/// Reads a feed with the registry and the plans of ``Known``, or without them.
func read(
  _ bytes: [UInt8], as name: String = "feed.csv", limits: Limits = Limits(),
  sidecar: String? = nil, isKnown: Bool = true
) throws -> Reading {
  let directory = try TestDirectory()
  let path = try directory.write(name, bytes)
  return try read(
    FeedFile(path: path, name: name, limits: limits), sidecar: sidecar, isKnown: isKnown)
}

/// Reads a feed that is there.
func read(_ file: FeedFile, sidecar: String? = nil, isKnown: Bool = true) throws -> Reading {
  let kept = try Rejections.makeFile(directory: FileSystem.temporaryDirectory(preferred: nil))
  var reading = Reading(file: file, rejections: Rejections(in: kept))
  do {
    let control = try sidecar.map { try ControlSidecar(json: Array($0.utf8), feed: file) }
    var decoder = RowDecoder(
      feed: file, registry: isKnown ? Known.registry() : nil,
      plans: isKnown ? try Known.plans() : nil)
    var log = FindingLog(limit: file.limits.findings)
    defer { reading.findings += log.listed }
    func identify(_ feedId: String) { reading.feedId = feedId }
    let contents = try FeedReading.read(file, identify: identify) { batch in
      decoder.decode(&batch, findings: &log)
      reading.totals.add(batch)
      try reading.rejections.append(batch)
      reading.rows += (0..<batch.count).map { ReadRow(batch, $0) }
    }
    reading.findings += contents.notes
    let warning = try reading.totals.check(
      against: contents.control ?? control?.control, feed: file)
    reading.findings += [warning].compactMap { $0 }
  } catch let refusal as FeedRefusal {
    reading.refusal = refusal.finding
  }
  reading.findings.sort(by: Finding.precedes)
  return reading
}

/// The rejects file of a feed.
func rejects(_ text: String, as name: String = "feed.csv") throws -> String {
  let directory = try TestDirectory()
  let path = try directory.write(name, Array(text.utf8))
  let reading = try read(FeedFile(path: path, name: name, limits: Limits()))
  #expect(reading.refusal == nil)
  var bytes: [UInt8] = []
  try RejectsFile.write(reading.rejections, of: reading.file) { bytes += $0 }
  return String(decoding: bytes, as: UTF8.self)
}

/// The place of a byte as findings have it, counted here the slow way.
func place(_ offset: Int, in bytes: [UInt8]) -> String {
  let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  let before = bytes[mark..<offset]
  let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? mark
  return "\(before.count { $0 == 0x0A } + 1):\(offset - lineStart + 1)@\(offset)"
}
