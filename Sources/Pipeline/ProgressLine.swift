import Domain

/// The line that shows how far a command has come, as a text for a terminal.
struct ProgressLine {
  private static let barCells = 20
  private static let cellsBesideWork = 64

  private let columns: Int
  /// Of what is done now, when it was begun.
  private var work = ""
  private var begin = ContinuousClock.now

  /// - Parameter columns: Of the terminal.
  init(columns: Int) {
    self.columns = columns
  }

  /// The line for a moment.
  ///
  /// - Returns: At most as many characters as the terminal has columns, less one.
  mutating func text(_ progress: Progress, at now: ContinuousClock.Instant) -> String {
    if progress.work != work { (work, begin) = (progress.work, now) }
    let elapsed = max(ProgressLine.milliseconds(now - begin), 1)
    var parts: [String] = []
    if let total = progress.total, total > 0 {
      let done = min(progress.done, total)
      let filled = done * ProgressLine.barCells / total
      parts.append(
        "[" + String(repeating: "#", count: filled)
          + String(repeating: " ", count: ProgressLine.barCells - filled) + "]")
      parts.append("\(done * 100 / total)%")
    }
    switch progress.unit {
    case .bytes:
      parts.append(ProgressLine.megabytes(progress.done))
      parts.append(ProgressLine.megabytes(progress.done * 1000 / elapsed) + "/s")
    case .partners: parts.append("\(progress.done) partners")
    }
    if let total = progress.total, progress.done > 0, progress.done < total {
      let left = elapsed * (total - progress.done) / progress.done / 1000
      parts.append(ProgressLine.duration(seconds: left) + " left")
    }
    let shown = SafeText.shown(work, bytesMax: max(columns - ProgressLine.cellsBesideWork, 20))
    return String((shown + " " + parts.joined(separator: " ")).prefix(columns - 1))
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }

  /// With one decimal.
  private static func megabytes(_ bytes: Int) -> String {
    let tenths = bytes / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  private static func duration(seconds: Int) -> String {
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }
}
