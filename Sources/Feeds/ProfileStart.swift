import CSV
import Domain

/// Looks through the first records of a feed for its header.
struct ProfileStart {
  /// What a file of rejects begins with.
  private static let annotation = Array("_line".utf8)

  private let profile: FeedProfile
  private let contextTypes: Set<[UInt8]>
  private var passed = 0
  private(set) var sawRecord = false
  /// Whether the record that was seen last is none of the beginning.
  private(set) var isRecordLeft = false
  /// How many `_` columns stand in front.
  private(set) var annotations = 0
  /// The columns; nil as long as the header was not found.
  private(set) var header: [HeaderMapping.Column]?
  private(set) var headerTexts: [[UInt8]] = []
  /// The header as it came, without annotations; nil where there is none.
  private(set) var headerText: [UInt8]?
  private(set) var lineEnding: [UInt8] = [0x0A]
  /// Records that hold for the rows after them, by type.
  private(set) var context: [String: ContextRecord] = [:]

  init(_ profile: FeedProfile) {
    self.profile = profile
    contextTypes = profile.contextTypes
  }

  /// Looks at the only record of the index.
  ///
  /// - Parameter limit: Of columns.
  /// - Returns: Whether the header is known now.
  mutating func take(_ records: inout CSVRecords, limit: Int) -> Bool {
    let values = records.fields(of: 0).prefix(limit + 1).map { text(records, $0) }
    let isFirst = !sawRecord
    lineEnding = records.lineEnding(of: 0)
    sawRecord = true
    if isFirst, values.first == ProfileStart.annotation {
      annotations = values.prefix { $0.first == 0x5F }.count
      takeHeader(&records, values, limit)
      if !profile.columns.isEmpty { header = ProfileStart.columns(profile.columns) }
      return true
    }
    if passed < profile.preamble {
      passed += 1
      return false
    }
    guard profile.columns.isEmpty else {
      header = ProfileStart.columns(profile.columns)
      isRecordLeft = true
      return true
    }
    if let types = profile.records, let wanted = types.header {
      let type = types.column < values.count ? values[types.column] : []
      if contextTypes.contains(type) {
        context[String(decoding: type, as: UTF8.self)] = ContextRecord(
          values: values, text: records.rawText(of: 0, from: 0))
      }
      guard type == Array(wanted.utf8) else { return false }
    }
    takeHeader(&records, values, limit)
    return true
  }

  private mutating func takeHeader(
    _ records: inout CSVRecords, _ values: [[UInt8]], _ limit: Int
  ) {
    let columns = records.columns(of: 0, max: limit + 1)
    header = Array(columns.dropFirst(annotations))
    headerText = records.rawText(of: 0, from: annotations)
    headerTexts = Array(values.dropFirst(annotations))
  }

  private func text(_ records: borrowing CSVRecords, _ field: Int) -> [UInt8] {
    let text = records.text(ofField: field)
    return profile.trims ? Array(ProfileNumber.trimmed(text[...])) : text
  }

  private static func columns(_ names: [String]) -> [HeaderMapping.Column] {
    names.map { .init(name: $0, place: Place(line: 1, column: 1, byteOffset: nil)) }
  }
}

/// A record whose values hold for the rows after it.
struct ContextRecord {
  var values: [[UInt8]]
  /// As it came, without annotations.
  var text: [UInt8]
}
