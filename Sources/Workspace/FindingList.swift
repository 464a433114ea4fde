import Domain

/// The problems of one file, while it is read.
struct FindingList {
  /// Which lines of a file may be shown.
  enum Excerpts {
    case shown
    /// Bank and tax numbers stand in every line.
    case hidden
    /// The payer's bank details stand in some lines.
    case withoutPayer
  }

  /// So many are listed of one file; more would hide what they have in common.
  private static let listedMax = 10_000

  /// Relative to the workspace.
  let file: String
  private(set) var findings: [Finding] = []
  private var source: SourceText
  private let excerpts: Excerpts
  private var payerLines: Set<Int>?
  private var leftOut = 0
  private var firstLeftOut: FindingCode?

  init(file: String, bytes: [UInt8] = [], excerpts: Excerpts = .shown) {
    self.file = file
    self.excerpts = excerpts
    source = SourceText(bytes)
  }

  /// How many problems there are, those not listed included.
  var count: Int { findings.count + leftOut }

  /// Adds a problem.
  ///
  /// - Parameters:
  ///   - place: Nil where it is about the whole file.
  ///   - value: What was found; left empty for what must not be shown.
  ///   - remedy: What to do about it.
  mutating func add(
    _ code: FindingCode, at place: Place?, field: String = "", value: String = "",
    participantId: String = "", _ message: @autoclosure () -> String,
    remedy: @autoclosure () -> String
  ) {
    guard findings.count < FindingList.listedMax else {
      leftOut += 1
      firstLeftOut = firstLeftOut ?? code
      return
    }
    var finding = Finding(
      code, feed: file, line: place?.line, column: place?.column, field: SafeText.shown(field),
      value: SafeText.shown(value), message: message(), remedy: remedy())
    finding.participantId = SafeText.shown(participantId)
    if let place, maySeeLine(place.line) {
      finding.excerpt = source.excerpt(line: place.line, column: place.column)
    }
    findings.append(finding)
  }

  /// The problems, and if there are too many to list, one that says how many more.
  func finished() -> [Finding] {
    guard let firstLeftOut else { return findings }
    let more = Finding(
      firstLeftOut, feed: file,
      message: "\(leftOut) more problems of this file are not listed",
      remedy: "Mend those that are listed first: many of them often have one cause.")
    return findings + [more]
  }

  private mutating func maySeeLine(_ line: Int) -> Bool {
    switch excerpts {
    case .shown: return true
    case .hidden: return false
    case .withoutPayer:
      let lines = payerLines ?? findPayerLines()
      payerLines = lines
      return !lines.contains(line)
    }
  }

  /// The lines from each that mentions the payer or a bank detail to the next key of the file.
  ///
  /// It goes by the text, so that it holds for files that are not YAML too.
  private mutating func findPayerLines() -> Set<Int> {
    var lines: Set<Int> = []
    var isInside = false
    for line in 1...max(1, source.lineCount()) {
      let text = source.text(ofLine: line)?.lowercased() ?? ""
      if let first = text.utf8.first, first >= 0x61, first <= 0x7A { isInside = false }
      if ["payer", "iban", "bic"].contains(where: { text.contains($0) }) { isInside = true }
      if isInside { lines.insert(line) }
    }
    return lines
  }
}
