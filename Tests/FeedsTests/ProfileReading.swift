import Domain
import Feeds
import Testing
import Workspace

/// What every profile of these tests has unless it says otherwise.
let plainProfile = """
  profile: test
  fields:
    earningId: id
    participantId: {constant: P-1}
    programName: {constant: Program}
    transactionDate: date
    transactionCurrency: {constant: EUR}
    transactionAmount: amount
    customerName: {column: name, optional: true}

  """

func profile(_ yaml: String) throws -> FeedProfile {
  try #require(Profiles.read(Array(yaml.utf8), name: "test"), "\(yaml)")
}

/// Reads a feed by a profile.
func read(_ bytes: [UInt8], by yaml: String, limits: Limits = Limits()) throws -> Reading {
  let directory = try TestDirectory()
  let path = try directory.write("feed.csv", bytes)
  return try read(
    FeedFile(path: path, name: "feed.csv", limits: limits, profile: try profile(yaml)),
    isKnown: false)
}

func read(_ text: String, by yaml: String) throws -> Reading {
  try read(Array(text.utf8), by: yaml)
}

/// The rejects file of a feed that is read by a profile.
func rejects(_ bytes: [UInt8], by yaml: String) throws -> [UInt8] {
  let directory = try TestDirectory()
  let path = try directory.write("feed.csv", bytes)
  let file = FeedFile(
    path: path, name: "feed.csv", limits: Limits(), profile: try profile(yaml))
  let reading = try read(file, isKnown: false)
  #expect(reading.refusal == nil)
  var written: [UInt8] = []
  try RejectsFile.write(reading.rejections, of: file) { written += $0 }
  return written
}
