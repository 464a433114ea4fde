import ByteStreams
import Testing

@Suite("Packing")
struct PackingTests {
  @Test("gives values back from any place")
  func roundTrip() {
    var bytes: [UInt8] = [9]
    Packing.append(Int64.min, to: &bytes)
    Packing.append(UInt16(0xABCD), to: &bytes)
    #expect(bytes.count == 11)
    #expect(Packing.load(bytes.span, at: 1, as: Int64.self) == .min)
    #expect(Packing.load(bytes.span, at: 9, as: UInt16.self) == 0xABCD)
  }

  @Test("traps past the end")
  func pastTheEnd() async {
    await #expect(processExitsWith: .failure) {
      let bytes: [UInt8] = [1, 2, 3]
      _ = Packing.load(bytes.span, at: 2, as: UInt16.self)
    }
  }
}
