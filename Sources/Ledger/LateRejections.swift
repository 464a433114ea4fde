import ByteStreams
import Domain

/// The late findings of a feed that reject rows, which come in any order and are read in that of the
/// rows.
///
/// Some stay in memory. More go to a spill file by ranges of rows, of which one is sorted at a time: a
/// feed may consist of nothing else.
package struct LateRejections {
  /// Rows of a range.
  private static let rangeRows = 1 << 16
  private static let partitions = 64

  private let directory: String
  private let memoryMax: Int
  package private(set) var count = 0
  private var few: [LateFinding] = []
  private var many: SpillFile?
  private var lastRange = 0

  /// - Parameters:
  ///   - directory: Where the spill file is made, if there is need for one.
  ///   - memoryMax: How many stay in memory.
  init(directory: String, memoryMax: Int = rangeRows) {
    self.directory = directory
    self.memoryMax = memoryMax
  }

  mutating func add(_ finding: LateFinding) throws(FileError) {
    count += 1
    lastRange = max(lastRange, Int(finding.row) / LateRejections.rangeRows)
    if let many { return try LateRejections.append(finding, to: many) }
    few.append(finding)
    guard few.count > memoryMax else { return }
    let file = try SpillFile(
      directory: directory, partitions: LateRejections.partitions, budgetBytes: 1 << 20)
    for finding in few { try LateRejections.append(finding, to: file) }
    few = []
    many = file
  }

  /// Calls `body` with each finding, in the order of the rows.
  ///
  /// - Throws: ``FileError``; what `body` throws.
  package func visit(_ body: (LateFinding) throws -> Void) throws {
    guard let many else {
      for finding in few.sorted(by: { $0.row < $1.row }) { try body(finding) }
      return
    }
    for range in 0...lastRange {
      let records = try many.records(range % LateRejections.partitions, of: Record.self)
      let own = records.filter { Int($0.row) / LateRejections.rangeRows == range }
      for record in own.sorted(by: { $0.row < $1.row }) { try body(record.finding) }
    }
  }

  private static func append(_ finding: LateFinding, to file: SpillFile) throws(FileError) {
    let range = Int(finding.row) / rangeRows
    _ = try file.append(range % partitions, record: Record(finding))
  }

  /// A finding in a fixed number of bytes.
  private struct Record: BitwiseCopyable {
    let location: UInt64
    let row: UInt32
    /// 0 where there is no earlier row; feeds count from 1.
    let earlierFeed: UInt32
    let earlierLine: UInt32
    let day: Int32
    let hasDay: UInt32
    let isConflict: UInt32

    init(_ finding: LateFinding) {
      location = finding.location
      row = finding.row
      earlierFeed = finding.earlier?.feed ?? 0
      earlierLine = finding.earlier?.line ?? 0
      day = finding.day?.number ?? 0
      hasDay = finding.day == nil ? 0 : 1
      isConflict = finding.kind == .conflict ? 1 : 0
    }

    var finding: LateFinding {
      LateFinding(
        kind: isConflict == 1 ? .conflict : .pricing, row: row, location: location,
        earlier: earlierFeed == 0
          ? nil : LateFinding.Place(feed: earlierFeed, line: earlierLine),
        day: hasDay == 1 ? Day(number: day) : nil)
    }
  }
}
