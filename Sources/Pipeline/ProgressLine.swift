import Domain

/// The line that shows how far a command has come, as a text for a terminal.
struct ProgressLine {
  private static let barCells = 20
  private static let cellsBesideWork = 64

  private let columns: Int
  /// What is done now, and how far it was when it was first shown: the rate counts from there.
  private var work = ""
  private var first = 0
  private var begin = ContinuousClock.now

  /// - Parameter columns: Of the terminal.
  init(columns: Int) {
    self.columns = columns
  }

  /// The line for a moment.
  ///
  /// - Returns: At most as many characters as the terminal has columns, less one.
  mutating func text(_ progress: Progress, at now: ContinuousClock.Instant) -> String {
    if progress.work != work { (work, first, begin) = (progress.work, progress.done, now) }
    let shown = SafeText.shown(work, bytesMax: max(columns - ProgressLine.cellsBesideWork, 20))
    let parts = [shown] + ProgressLine.bar(progress) + rate(progress, at: now)
    return String(parts.joined(separator: " ").prefix(columns - 1))
  }

  private static func bar(_ progress: Progress) -> [String] {
    var parts: [String] = []
    if let total = progress.total, total > 0 {
      let done = min(progress.done, total)
      let filled = done * barCells / total
      let bar =
        String(repeating: "#", count: filled) + String(repeating: " ", count: barCells - filled)
      parts = ["[" + bar + "]", "\(done * 100 / total)%"]
    }
    switch progress.unit {
    case .bytes: parts.append(megabytes(progress.done))
    case .partners: parts.append("\(progress.done) partners")
    }
    return parts
  }

  /// Rate and time left, once there has been time to know them.
  private func rate(_ progress: Progress, at now: ContinuousClock.Instant) -> [String] {
    let elapsed = ProgressLine.milliseconds(now - begin)
    let done = progress.done - first
    guard elapsed >= 1000, done > 0 else { return [] }
    var parts: [String] = []
    if progress.unit == .bytes {
      parts.append(ProgressLine.megabytes(done * 1000 / elapsed) + "/s")
    }
    if let total = progress.total, progress.done < total {
      let left = elapsed * (total - progress.done) / done / 1000
      parts.append(ProgressLine.duration(seconds: left) + " left")
    }
    return parts
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
