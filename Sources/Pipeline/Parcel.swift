import ByteStreams
import Domain
import Feeds

/// A zip archive that holds several feeds, or feeds with their control files.
///
/// It is no feed itself: where several would have one digest, one control file and one count of
/// rows, nobody could say what was taken in. So each file of it becomes a feed of its own.
struct Parcel: ~Copyable {
  /// A file of it.
  struct Member {
    /// Its name beside the other ones: see ``ParcelNames``.
    var label: String
    /// Whether it belongs to a feed and is none.
    var isControl: Bool
    fileprivate var file: ZipArchive.Member
  }

  private static let membersMax = 1000

  let members: [Member]
  private let archive: ZipArchive
  private let feed: FeedFile

  /// Whether a file is one. What cannot be read as an archive is none: why, is said where it is
  /// read as a feed.
  static func isParcel(_ path: String, name: String) -> Bool {
    guard Compression(name: name) == .zip, FileSystem.kind(path) == .file,
      let archive = try? ZipArchive(path)
    else { return false }
    guard archive.members.count == 1 else { return archive.members.count > 1 }
    return Compression(name: archive.members[0].lastComponent) != nil
  }

  /// Opens one and looks at what its directory says.
  ///
  /// - Parameter feed: The archive, with the name that findings have.
  /// - Throws: ``FeedRefusal`` with F101 or F111.
  init(_ feed: FeedFile) throws(FeedRefusal) {
    let archive = try Parcel.open(feed)
    do throws(ParcelNames.Fault) {
      let names = try ParcelNames(archive.members.map { ($0.name, $0.lastComponent) })
      let members = zip(names.labels, archive.members).map { label, file in
        Member(label: label, isControl: ParcelNames.isControl(file.name), file: file)
      }
      self.init(members, archive, feed)
    } catch {
      throw Parcel.refusal(error.message, feed.name)
    }
  }

  private init(_ members: [Member], _ archive: consuming ZipArchive, _ feed: FeedFile) {
    self.members = members
    self.archive = archive
    self.feed = feed
  }

  private static func open(_ feed: FeedFile) throws(FeedRefusal) -> ZipArchive {
    do throws(ByteSourceFault) {
      let archive = try ZipArchive(feed.path)
      try requireFew(archive.members.count)
      try archive.check(
        ExpansionLimit(ratio: feed.limits.expansionRatio, bytes: feed.limits.expansionBytes))
      return archive
    } catch {
      throw FeedByteReader.refusal(error, feed)
    }
  }

  private static func requireFew(_ count: Int) throws(ByteSourceFault) {
    guard count <= membersMax else {
      throw .unsupported("it holds \(count) files, and at most \(membersMax) are unpacked")
    }
  }

  /// - Parameter what: A clause.
  static func refusal(_ what: String, _ feed: String) -> FeedRefusal {
    FeedRefusal(
      Finding(.F101, feed: feed, message: "the archive cannot be unpacked: \(what)"))
  }

  /// The refusal of an archive that has a control file, which would count for nothing.
  static func controlBeside(_ feed: String) -> FeedRefusal {
    FeedRefusal(
      Finding(
        .F108, feed: feed,
        message: "a control file beside an archive of several feeds belongs to none of them",
        remedy: "Put the control file of each feed into the archive, beside the feed."))
  }

  /// Writes each file under a name, its size and checksum proved; if one cannot be expanded, none
  /// is left.
  ///
  /// - Parameters:
  ///   - synced: Whether the bytes survive a power cut.
  ///   - path: Where a file goes; what stands there is removed.
  /// - Throws: ``FeedRefusal`` with F101; ``FileError``; ``Interruption``.
  func unpack(synced: Bool, to path: (Member) -> String) throws {
    var written: [String] = []
    do {
      for member in members {
        written.append(path(member))
        try unpack(member, to: path(member), synced: synced)
      }
    } catch {
      for path in written { try? FileSystem.removeFile(path) }
      throw error
    }
  }

  private func unpack(_ member: Member, to path: String, synced: Bool) throws {
    do {
      try FileSystem.writeNewFile(path, synced: synced) { file in
        try archive.expand(member.file) { piece in
          try Interruption.check()
          try file.write(piece)
        }
      }
    } catch let fault as ByteSourceFault {
      var finding = FeedByteReader.refusal(fault, feed).finding
      finding.message = "\(SafeText.shown(member.file.name)) in it: \(finding.message)"
      throw FeedRefusal(finding)
    }
  }
}
