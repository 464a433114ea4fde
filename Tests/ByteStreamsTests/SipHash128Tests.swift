import ByteStreams
import TestSupport
import Testing

@Suite("SipHash-2-4 with 128 bits")
struct SipHash128Tests {
  /// The key 00 01 … 0f of the published vectors.
  private let hash = SipHash128(key0: 0x0706_0504_0302_0100, key1: 0x0F0E_0D0C_0B0A_0908)

  @Test(
    "gives the published digests of 00 01 02 …",
    arguments: [
      (0, 0xe6a8_25ba_047f_81a3, 0x9302_55c7_1472_f66d),
      (1, 0x44af_996b_d8c1_87da, 0x45fc_229b_1159_7634),
      (2, 0xc75d_a4a4_8d22_7781, 0xe4ff_0af6_de8b_a3fc),
      (3, 0x4ea9_6752_0cb6_709c, 0x51ed_8529_b0b6_335f),
      (7, 0x53c1_dbd8_beeb_f1a1, 0x3982_f01f_a64a_b8c0),
      (8, 0x61f5_5862_baa9_623b, 0xb497_14f3_64e2_830f),
      (9, 0xabba_d90a_0699_4426, 0xed71_6dbb_028b_7fc4),
      (15, 0x11a8_b033_99e9_9354, 0xd9c3_cf97_0fec_087e),
      (16, 0xbb54_b067_caa4_e26e, 0x7705_2385_bf15_33fd),
      (17, 0x98b8_8d73_e806_3d47, 0x4077_e47a_c466_c054),
      (23, 0xe0f5_a9d5_dd84_d1c9, 0x1c69_bf9a_9ae2_8ccf),
      (31, 0xfcfa_2332_18b0_3929, 0x353d_c452_4fde_2317),
      (32, 0x3efc_ea5e_ca56_397c, 0x68eb_4665_559d_3e36),
      (63, 0x4a83_502f_77d1_5051, 0x7cbd_3f97_9a06_3e50),
    ])
  func vectors(count: Int, high: UInt64, low: UInt64) {
    let bytes = (0..<count).map { UInt8($0) }
    #expect(hash.hash(bytes.span) == Hash128(high: high, low: low))
  }

  @Test("gives the same however the bytes are cut", arguments: 0..<8 as Range<UInt64>)
  func pieces(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 0...100, using: &generator)
      let bytes = randomBytes(count, using: &generator)
      var stream = hash.stream()
      var start = 0
      while start < bytes.count {
        let end = Int.random(in: start...min(bytes.count, start + 20), using: &generator)
        stream.append(bytes.span.extracting(start..<end))
        start = end
      }
      #expect(stream.finish() == hash.hash(bytes.span))
    }
  }

  @Test("can go on after a digest was taken")
  func goingOn() {
    let bytes: [UInt8] = [1, 2, 3]
    var stream = hash.stream()
    stream.append(bytes.span)
    #expect(stream.finish() == hash.hash(bytes.span))
    stream.append(bytes.span)
    let twice = bytes + bytes
    #expect(stream.finish() == hash.hash(twice.span))
  }

  @Test("another key gives other digests")
  func keys() {
    let bytes: [UInt8] = [1, 2, 3]
    let digest = hash.hash(bytes.span)
    #expect(SipHash128(key0: 0, key1: 0x0F0E_0D0C_0B0A_0908).hash(bytes.span) != digest)
    #expect(SipHash128(key0: 0x0706_0504_0302_0100, key1: 0).hash(bytes.span) != digest)
  }

  @Test("digests are ordered by the high half first")
  func order() {
    #expect(Hash128(high: 1, low: 9) < Hash128(high: 2, low: 0))
    #expect(Hash128(high: 1, low: 8) < Hash128(high: 1, low: 9))
    #expect(!(Hash128(high: 1, low: 9) < Hash128(high: 1, low: 9)))
  }
}
