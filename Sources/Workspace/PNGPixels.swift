import ByteStreams

/// Unpacks the pixels of a PNG, to see whether they are as many as its header says.
///
/// Each row has a byte before it that says by which filter it was made; interlaced ones come in seven
/// passes, each a picture of its own.
struct PNGPixels {
  /// Where the passes of an interlaced picture begin, and how far their pixels are from each other.
  private static let passes: [(x: Int, y: Int, stepX: Int, stepY: Int)] = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
  ]
  private static let filterMax = 4

  /// Rows that are still to come: how many of which size in bytes, the filter included.
  private var rows: [(count: Int, bytes: Int)] = []
  /// The bytes of the current row that are still to come, 0 before its filter.
  private var rest = 0

  /// - Parameter header: The content of a PNG's header, whose values exist and whose size was checked.
  init(_ header: ArraySlice<UInt8>) throws(PictureCheck.Fault) {
    let bytes = Array(header)
    let width = try PictureCheck.number(bytes, at: 0, count: 4)
    let height = try PictureCheck.number(bytes, at: 4, count: 4)
    let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[9]] ?? 1
    let bits = Int(bytes[8]) * samples
    let passes = bytes[12] == 0 ? [(x: 0, y: 0, stepX: 1, stepY: 1)] : PNGPixels.passes
    for pass in passes {
      let columns = (width - pass.x + pass.stepX - 1) / pass.stepX
      let lines = (height - pass.y + pass.stepY - 1) / pass.stepY
      // A pass of a small picture may have nothing.
      if columns > 0, lines > 0 { rows.append((lines, 1 + (columns * bits + 7) / 8)) }
    }
    rows.reverse()
  }

  /// Unpacks them.
  ///
  /// - Parameter data: The contents of the chunks that have them, in order.
  /// - Throws: ``PictureCheck/Fault`` where they are damaged, too few or too many, or made by a
  ///   filter that does not exist.
  mutating func check(_ data: [ArraySlice<UInt8>]) throws(PictureCheck.Fault) {
    let isWhole: Bool
    do {
      isWhole = try ZlibData.expand(data) { try take($0) }
    } catch let fault as PictureCheck.Fault {
      throw fault
    } catch {
      throw PictureCheck.Fault("its pixels cannot be unpacked")
    }
    guard isWhole else { throw PictureCheck.Fault("its pixels are damaged") }
    guard rest == 0, rows.isEmpty else {
      throw PictureCheck.Fault("it has fewer pixels than it says")
    }
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) throws(PictureCheck.Fault) {
    var bytes = bytes
    while let first = bytes.first {
      if rest == 0 { try beginRow(first) }
      let count = min(rest, bytes.count)
      bytes = bytes.dropFirst(count)
      rest -= count
    }
  }

  private mutating func beginRow(_ filter: UInt8) throws(PictureCheck.Fault) {
    guard var next = rows.popLast() else {
      throw PictureCheck.Fault("it has more pixels than it says")
    }
    guard filter <= PNGPixels.filterMax else {
      throw PictureCheck.Fault("a row of its pixels has the filter \(filter), which does not exist")
    }
    rest = next.bytes
    next.count -= 1
    if next.count > 0 { rows.append(next) }
  }
}
