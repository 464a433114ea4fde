import ByteStreams
import Domain
import Feeds

// What is refused without being read.

extension Inbox {
  /// Why a file of a directory cannot be a feed, found out without opening it; nil if it can.
  static func refusal(of name: String, in directory: String) -> Finding? {
    let bytes = name.utf8.count
    if bytes > WorkspacePaths.nameBytesMax {
      return Finding(
        .F101, feed: name,
        message:
          "its name has \(bytes) bytes, and at most \(WorkspacePaths.nameBytesMax) leave room"
          + " for what the archive adds to it",
        remedy: "Deliver it under a shorter name.")
    }
    switch FileSystem.entryKind(directory + "/" + name) {
    case .file: return nil
    case .missing where name.unicodeScalars.contains("\u{FFFD}"):
      return Finding(
        .F101, feed: name, message: "its name is not UTF-8",
        remedy: "Deliver it under a name in UTF-8, of plain letters and digits best.")
    case .missing, .directory, .other: return notRegular(.F101, feed: name)
    }
  }

  /// - Parameter code: F101, or F108 of a control file.
  static func notRegular(_ code: FindingCode, feed: String) -> Finding {
    let what = code == .F108 ? "the control file \(WorkspacePaths.sidecar(feed))" : "it"
    return Finding(
      code, feed: feed,
      message: "\(what) is no regular file: links, directories and pipes are not read",
      remedy: "Deliver the file itself in its place, or move it away.")
  }

  /// - Parameter code: F101, or F108 of a control file.
  static func beingWritten(_ code: FindingCode, feed: String) -> Finding {
    let what = code == .F108 ? "the control file \(WorkspacePaths.sidecar(feed))" : "it"
    return Finding(
      code, feed: feed,
      message: "\(what) is still being written: some process has it open; it stays in the inbox",
      remedy: "Deliver it under a name that ends in .part, rename it when it is whole, and run"
        + " again.")
  }

  /// Whether there is a control file beside a feed.
  ///
  /// - Throws: ``FeedRefusal`` with F108 if it is anything but a regular file: what it says must not
  ///   pass for nothing.
  static func hasSidecar(_ path: String, feed: String) throws(FeedRefusal) -> Bool {
    switch FileSystem.entryKind(WorkspacePaths.sidecar(path)) {
    case .missing: return false
    case .file: return true
    case .directory, .other: throw FeedRefusal(notRegular(.F108, feed: feed))
    }
  }

  /// Control files of an inbox that no feed has come with: F117, each about its control file.
  ///
  /// - Throws: ``FileError``.
  static func controlsAlone(in inbox: String) throws(FileError) -> [Finding] {
    try FileSystem.listDirectory(inbox).filter(WorkspacePaths.isControl).compactMap { name in
      let feed = String(name.dropLast(WorkspacePaths.sidecarEnding.count))
      guard FileSystem.entryKind(inbox + "/" + feed) == .missing else { return nil }
      return Finding(
        .F117, feed: name,
        message: "the feed \(SafeText.shown(feed)), of which it says what it holds, is not in the"
          + " inbox",
        remedy: "Deliver the feed beside it, under that very name. If it is never to come, or was"
          + " taken in without its control file, move the control file away.")
    }
  }

  /// The bytes of a control file.
  ///
  /// - Throws: ``FeedRefusal`` with F108.
  static func readSidecar(_ path: String, feed: String) throws(FeedRefusal) -> [UInt8] {
    try reading(feed, .F108) { () throws(FileError) in
      try FileSystem.readFile(path, limit: sidecarBytesMax)
    }
  }

  private static let sidecarBytesMax = 1 << 24

  /// Reads something of a feed.
  ///
  /// - Throws: ``FeedRefusal`` with the code if it cannot be read.
  static func reading<Value>(
    _ feed: String, _ code: FindingCode, _ body: () throws(FileError) -> Value
  ) throws(FeedRefusal) -> Value {
    do {
      return try body()
    } catch {
      throw FeedRefusal(
        Finding(
          code, feed: feed, message: error.description,
          remedy: "Give the user who runs payout the right to read it, or deliver it again."))
    }
  }
}
