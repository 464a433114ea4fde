import ByteStreams
import FoundationEssentials

/// `run.json` as it was written.
struct WrittenManifest: Decodable {
  struct File: Decodable {
    var path: String
    var sha256: String
    var bytes: Int
  }

  struct Feed: Decodable {
    var name: String
    var sha256: String
    var rows: Int
  }

  var state: String
  var period: String
  var asOf: String
  var inputs: [File]
  var feeds: [Feed]
  var outputs: [File]
  var reports: [String]?
  var rows: [String: Int]
  var paid: [String: String]
  var payments: Int
  var holds: Int

  /// Nil if the bytes are no such document.
  init?(json: [UInt8]) {
    guard let read = try? JSONDecoder().decode(WrittenManifest.self, from: Data(json)) else {
      return nil
    }
    self = read
  }

  /// That of an output directory; nil if there is none that can be read.
  init?(directory: String) throws(FileError) {
    let path = directory + "/run.json"
    guard FileSystem.kind(path) == .file else { return nil }
    self.init(json: try FileSystem.readFile(path, limit: Int.max - 1))
  }

  /// The reports and the file with their digests.
  var reportFiles: [String] {
    reports.map { $0 + [PeriodReports.digests] } ?? []
  }

  /// Whether statements were written.
  var hasStatements: Bool { outputs.contains { $0.path.hasPrefix("statements/") } }
}
