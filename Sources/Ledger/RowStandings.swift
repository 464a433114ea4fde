package import Domain

/// Where the rows of the books ended, once that is decided: a value that any thread may look at.
package struct RowStandings: Sendable {
  /// By feed number; those whose rows are in the books have their marks.
  let feeds: [RowMarks]
  let followed: [RowKey: Day]

  /// Where a row of the books ended, nil while that is open, and whether it was open when the period
  /// opened.
  package func standing(of key: RowKey) -> (bucket: Bucket?, wasOpen: Bool) {
    let (feed, row) = (Int(key.feed), Int(key.row))
    // A feed that was changed behind the program's back may have more rows than were taken in.
    let mark = row < feeds[feed].count ? feeds[feed][row] : RowMark()
    return (mark.fate.bucket, mark.has(RowMark.wasOpen))
  }

  /// The day whose rates count for a row, if it follows an accepted earning.
  package func followedDay(of key: RowKey) -> Day? {
    followed[key]
  }
}

/// Which rows of a feed ended in an earlier period: a value that any thread may look at.
package struct SettledRows: Sendable {
  let marks: RowMarks

  package func contains(_ row: UInt32) -> Bool {
    Int(row) < marks.count && marks[Int(row)].has(RowMark.isSettled)
  }
}
