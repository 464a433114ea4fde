import ByteStreams
import Domain
import Feeds

/// A feed that `check` looks at.
struct CheckedFeed {
  /// The file that somebody named.
  var file: String
  /// Where its bytes are read: of a file in an archive, where that was unpacked.
  var path: String
  /// As findings name it.
  var name: String
  /// The name that it has, or would have, in an inbox.
  var deliveredAs: String

  init(_ path: String) {
    (file, self.path, name) = (path, path, path)
    deliveredAs = FileSystem.name(of: path)
  }
}

/// The feeds that `check` was given; archives of several are unpacked in a temporary directory as
/// long as this lives.
final class OpenedFeeds {
  private(set) var feeds: [CheckedFeed] = []
  /// Archives that cannot be unpacked.
  private(set) var refused: [FindingReport.Source] = []
  private let limits: Limits
  private var directory: String?

  /// - Parameter refusal: Why a file is not to be opened; nil if it may be.
  /// - Throws: ``FileError``; ``Interruption``.
  init(_ paths: [String], limits: Limits, refusal: (String) -> Finding?) throws {
    self.limits = limits
    for (number, path) in paths.enumerated() {
      guard refusal(path) == nil, Parcel.isParcel(path, name: FileSystem.name(of: path)) else {
        feeds.append(CheckedFeed(path))
        continue
      }
      do {
        feeds += try unpack(path, number)
      } catch let refusal as FeedRefusal {
        refused.append(
          FindingReport.Source(
            path, path: ReportPath.shown(path), rows: 0, isRefused: true,
            findings: FindingLog([refusal.finding])))
      }
    }
  }

  deinit {
    if let directory { try? FileSystem.removeDirectory(directory) }
  }

  private func unpack(_ path: String, _ number: Int) throws -> [CheckedFeed] {
    if FileSystem.entryExists(WorkspacePaths.sidecar(path)) {
      throw Parcel.controlBeside(path)
    }
    let digest = try Inbox.reading(path, .F101) { () throws(FileError) in
      try SHA256Digest.ofFile(path).0
    }
    let prefix = ParcelNames.prefix(archive: FileSystem.name(of: path), digest: digest)
    let parcel = try Parcel(FeedFile(path: path, name: path, limits: limits))
    let place = try makeDirectory() + "/\(number)"
    try FileSystem.createDirectory(place)
    try parcel.unpack(synced: false) { place + "/" + prefix + $0.label }
    return parcel.members.filter { !$0.isControl }.map { member in
      var feed = CheckedFeed(place + "/" + prefix + member.label)
      (feed.file, feed.name) = (path, path + "/" + member.label)
      return feed
    }
  }

  /// Outside the workspace, which may be one where nothing may be written.
  private func makeDirectory() throws(FileError) -> String {
    if let directory { return directory }
    let made = try FileSystem.makeTemporaryDirectory(
      in: FileSystem.temporaryDirectory(preferred: nil), prefix: "payout-check-")
    directory = made
    return made
  }
}
