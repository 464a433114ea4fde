import Domain
import Feeds

/// Which parts of feeds that come in several files are here.
///
/// A part is taken in only when all of them are in the inbox or were taken in: half a feed would be
/// paid as if it were whole.
struct FeedParts {
  /// By the name of the file.
  private var parts: [String: FeedPart] = [:]
  private let taken: Set<String>

  /// - Parameters:
  ///   - files: In the inbox.
  ///   - taken: The ids of the feeds taken in.
  init(_ files: [FeedFile], taken: [String]) {
    self.taken = Set(taken)
    for file in files {
      // What cannot be read is refused when it is taken.
      if let part = try? FeedReading.part(of: file) { parts[file.name] = part }
    }
  }

  /// What keeps a file from being taken in: F119, or nil.
  func missing(_ file: String) -> Finding? {
    guard let part = parts[file] else { return nil }
    let here = taken.union(parts.values.map(\.feedId))
    let number = "part \(part.number) of \(part.count) of \(SafeText.shown(part.group))"
    guard part.isPossible else {
      return Finding(
        .F119, feed: file,
        message: "\(number): there is no such part; a feed has at most \(FeedPart.countMax)")
    }
    let ids = part.feedIds
    let missing = ids.indices.filter { !here.contains(ids[$0]) }
    guard !missing.isEmpty else { return nil }
    let numbers = missing.prefix(10).map { String($0 + 1) }.joined(separator: ", ")
    return Finding(
      .F119, feed: file,
      message: "\(number), without part \(numbers)\(missing.count > 10 ? " and others" : "")")
  }
}
