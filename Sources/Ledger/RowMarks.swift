/// The mark of each row of a feed, in less memory the more they are alike.
///
/// Nearly all rows of a feed end alike. Rows are kept in chunks: the mark that most of a chunk have,
/// a bit for each row that has another one, and those others in the order of the rows. So a feed
/// takes an eighth of a byte a row and two bytes for each row that is not like the others; one whose
/// rows are all different takes as much as an array would. The array is the oracle in the tests.
struct RowMarks: Sendable {
  static let chunkRows = 1024
  private static let wordsPerChunk = chunkRows / UInt64.bitWidth

  private(set) var count = 0
  /// By row: whether its mark is one of the others of its chunk.
  private var bits: [UInt64] = []
  /// By chunk: the mark of the rest.
  private var common: [RowMark] = []
  private var others: [[RowMark]] = []
  /// The rows of the last chunk, which is not full yet.
  private var tail: [RowMark] = []

  /// The mark of a row.
  ///
  /// - Precondition: There is such a row.
  subscript(_ row: Int) -> RowMark {
    get {
      let chunk = row / RowMarks.chunkRows
      if chunk == common.count { return tail[row % RowMarks.chunkRows] }
      return isOther(row) ? others[chunk][rank(row)] : common[chunk]
    }
    set {
      let chunk = row / RowMarks.chunkRows
      if chunk == common.count {
        tail[row % RowMarks.chunkRows] = newValue
        return
      }
      switch (isOther(row), newValue != common[chunk]) {
      case (false, false): return
      case (true, true):
        others[chunk][rank(row)] = newValue
        return
      case (false, true): others[chunk].insert(newValue, at: rank(row))
      case (true, false): others[chunk].remove(at: rank(row))
      }
      bits[row / UInt64.bitWidth] ^= 1 << UInt64(row % UInt64.bitWidth)
    }
  }

  /// Adds a row.
  mutating func append(_ mark: RowMark) {
    if tail.isEmpty { tail.reserveCapacity(RowMarks.chunkRows) }
    tail.append(mark)
    count += 1
    if tail.count == RowMarks.chunkRows { pack() }
  }

  /// Changes the marks of all rows, each by what it was.
  mutating func change(_ changed: (RowMark) -> RowMark) {
    for row in tail.indices { tail[row] = changed(tail[row]) }
    for chunk in common.indices {
      // What was the others' may become the mark of the rest, which is only more than has to be kept.
      common[chunk] = changed(common[chunk])
      for place in others[chunk].indices { others[chunk][place] = changed(others[chunk][place]) }
    }
  }

  /// Calls `body` with the marks of some rows at a time, in the order of the rows.
  ///
  /// - Throws: What `body` throws.
  func forEachChunk(_ body: ([RowMark]) throws -> Void) rethrows {
    for chunk in common.indices { try body(marks(chunk)) }
    if !tail.isEmpty { try body(tail) }
  }

  /// Calls `body` with the rows whose marks fulfil a condition, in their order; where no mark of a
  /// chunk does, none of its rows is looked at.
  ///
  /// - Throws: What `body` throws.
  func forEachRow(
    where condition: (RowMark) -> Bool, do body: (Int, RowMark) throws -> Void
  ) rethrows {
    for chunk in common.indices
    where condition(common[chunk]) || others[chunk].contains(where: condition) {
      for (row, mark) in marks(chunk).enumerated() where condition(mark) {
        try body(chunk * RowMarks.chunkRows + row, mark)
      }
    }
    for (row, mark) in tail.enumerated() where condition(mark) {
      try body(common.count * RowMarks.chunkRows + row, mark)
    }
  }

  /// How often each mark occurs.
  var counts: [RowMark: Int] {
    var counts: [RowMark: Int] = [:]
    for chunk in common.indices {
      counts[common[chunk], default: 0] += RowMarks.chunkRows - others[chunk].count
      for mark in others[chunk] { counts[mark, default: 0] += 1 }
    }
    for mark in tail { counts[mark, default: 0] += 1 }
    return counts
  }

  private func marks(_ chunk: Int) -> [RowMark] {
    var marks = [RowMark](repeating: common[chunk], count: RowMarks.chunkRows)
    var rank = 0
    for row in marks.indices where isOther(chunk * RowMarks.chunkRows + row) {
      marks[row] = others[chunk][rank]
      rank += 1
    }
    return marks
  }

  private func isOther(_ row: Int) -> Bool {
    bits[row / UInt64.bitWidth] >> UInt64(row % UInt64.bitWidth) & 1 != 0
  }

  /// How many rows before it in its chunk are others.
  private func rank(_ row: Int) -> Int {
    let word = row / UInt64.bitWidth
    let below = bits[word] & (1 << UInt64(row % UInt64.bitWidth) - 1)
    var rank = below.nonzeroBitCount
    for earlier in (word - word % RowMarks.wordsPerChunk)..<word {
      rank += bits[earlier].nonzeroBitCount
    }
    return rank
  }

  /// The mark that more than half of the tail have, or any of theirs if there is none.
  private var majority: RowMark {
    var candidate = RowMark()
    var votes = 0
    for mark in tail {
      if votes == 0 { candidate = mark }
      votes += mark == candidate ? 1 : -1
    }
    return candidate
  }

  /// Makes a chunk of the rows of the tail.
  private mutating func pack() {
    let most = majority
    for start in stride(from: 0, to: RowMarks.chunkRows, by: UInt64.bitWidth) {
      var word: UInt64 = 0
      for bit in 0..<UInt64.bitWidth where tail[start + bit] != most { word |= 1 << UInt64(bit) }
      bits.append(word)
    }
    common.append(most)
    others.append(tail.filter { $0 != most })
    tail.removeAll(keepingCapacity: true)
  }
}
