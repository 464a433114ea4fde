import Foundation
import Testing

@testable import Workspace

@Suite("Pictures from outside")
struct PictureCheckTests {
  /// One pixel.
  static let png = Array(
    Data(
      base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
        + "WjR9awAAAABJRU5ErkJggg==") ?? Data())

  private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 0xFF)] + content
  }

  /// A grey JPEG of a size, with what stands before its end.
  private static func jpeg(
    frame: UInt8 = 0xC0, width: UInt8 = 1, components: UInt8 = 1,
    scan: [UInt8] = [0x3F, 0xFF, 0, 1],
    end: [UInt8] = [0xFF, 0xD9]
  ) -> [UInt8] {
    [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8))
      + segment(frame, [8, 0, 1, 0, width, components, 1, 0x11, 0])
      + segment(0xDA, [1, 1, 0, 0, 63, 0]) + scan + end
  }

  @Test("whole ones are taken")
  func whole() throws {
    try PictureCheck.checkPNG(Self.png)
    try PictureCheck.checkJPEG(Self.jpeg())
    try PictureCheck.checkJPEG(Self.jpeg(frame: 0xC2, scan: [1, 0xFF, 0xD0, 2, 0xFF, 0, 3]))
    try PictureCheck.checkJPEG(Self.jpeg(end: [0xFF, 0xFF, 0xD9, 0]))
  }

  @Test("a PNG that ends too early, or in which a byte was changed, is none")
  func brokenPNG() {
    for count in 8..<Self.png.count {
      #expect(throws: PictureCheck.Fault.self, "\(count)") {
        try PictureCheck.checkPNG(Array(Self.png.prefix(count)))
      }
    }
    for place in 8..<Self.png.count {
      var changed = Self.png
      changed[place] ^= 0x40
      #expect(throws: PictureCheck.Fault.self, "\(place)") { try PictureCheck.checkPNG(changed) }
    }
    #expect(throws: PictureCheck.Fault.self) { try PictureCheck.checkPNG(Self.png + [0]) }
  }

  private static func bytes(_ base64: String) -> [UInt8] {
    Array(Data(base64Encoded: base64) ?? Data())
  }

  @Test(
    "a PNG whose pixels are as many as it says is taken",
    arguments: [
      // Gray of 1 bit, in two parts.
      "iVBORw0KGgoAAAANSUhEUgAAAAkAAAACAQAAAACiLct+AAAABElEQVR42mNhsNO2OAAAAABJREFU"
        + "Na8GHgAAAApJREFUYGBhYAAAACoACXa0zfQAAAAASUVORK5CYII=",
      // Colours of 16 bits with opacity.
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAYAAAAiJtFnAAAADklEQVR42mNiRANM6AIAAqgAJQna"
        + "XiEAAAAASUVORK5CYII=",
      // A palette of 2 bits.
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAABAgMAAABrkIxgAAAAA1BMVEUAAACnej3aAAAAC0lEQVR4"
        + "2mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII=",
      // Interlaced.
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAAGjU2I5AAAADElEQVR42mNgIB0AAAA0AAFIo31v"
        + "AAAAAElFTkSuQmCC",
      // Interlaced, all passes.
      "iVBORw0KGgoAAAANSUhEUgAAAAkAAAAJBAAAAAF3DYRbAAAADElEQVR42mNgoAwAAABAAAGJya9D"
        + "AAAAAElFTkSuQmCC",
    ])
  func pixels(base64: String) throws {
    try PictureCheck.checkPNG(Self.bytes(base64))
  }

  private static let brokenPixels: [(base64: String, what: String)] = [
    // No zlib data.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAACElEQVRub25zZW5zZa0gec4AAAAA"
        + "SUVORK5CYII=",
      "damaged"
    ),
    // A wrong checksum of the pixels.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAADElEQVR42mNgYGAAAAAEAAC/7dtv"
        + "AAAAAElFTkSuQmCC",
      "damaged"
    ),
    // No end.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAACElEQVR42mNgYGAAAPrtvTMAAAAA"
        + "SUVORK5CYII=",
      "damaged"
    ),
    // Nothing.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAAAElEQVQ1rwYeAAAAAElFTkSuQmCC",
      "damaged"
    ),
    // A row too few.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAACklEQVR42mNgAAAAAgAB5Sfe/AAA"
        + "AABJRU5ErkJggg==",
      "fewer"
    ),
    // Half a row.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAAAAAA+i0toAAAAC0lEQVR42mNgYAAAAAMAASsJTYQA"
        + "AAAASUVORK5CYII=",
      "fewer"
    ),
    // A row too many.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAAC0lEQVR42mNgAAEAAAYAAW0oEC8A"
        + "AAAASUVORK5CYII=",
      "more"
    ),
    // The filter 5.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAAC86un7AAAADElEQVR42mNgYGUAAAAOAAYJIdQr"
        + "AAAAAElFTkSuQmCC",
      "filter 5"
    ),
    // Interlaced, a pass missing.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAAGjU2I5AAAAC0lEQVR42mNgIAwAACQAASXCqOMA"
        + "AAAASUVORK5CYII=",
      "fewer"
    ),
    // A bomb.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAAeElEQVR42u3BMQEAAADCoPVPbQ0P"
        + "oAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA4avAAEakw3bAAAAAElF"
        + "TkSuQmCC",
      "more"
    ),
  ]

  @Test("a PNG that cannot be unpacked to the pixels of its size is none", arguments: brokenPixels)
  func otherPixels(base64: String, what: String) throws {
    let fault = try #require(throws: PictureCheck.Fault.self) {
      try PictureCheck.checkPNG(Self.bytes(base64))
    }
    #expect(fault.what.contains(what), "\(fault.what)")
  }

  @Test("a JPEG that ends too early is none")
  func shortJPEG() {
    let whole = Self.jpeg()
    for count in 3..<whole.count {
      #expect(throws: PictureCheck.Fault.self, "\(count)") {
        try PictureCheck.checkJPEG(Array(whole.prefix(count)))
      }
    }
  }

  @Test(
    "a JPEG of no size, of colours that do not exist, of a kind that nobody shows, or without pixels",
    arguments: [
      jpeg(width: 0), jpeg(components: 2), jpeg(components: 3), jpeg(frame: 0xC3),
      [0xFF, 0xD8] + segment(0xE0, []) + [0xFF, 0xD9],
      [0xFF, 0xD8] + segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0xFF, 0xD9],
      [0xFF, 0xD8, 0xFF, 0xE0, 0, 1],
      [0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 7, 7],
    ])
  func brokenJPEG(bytes: [UInt8]) {
    #expect(throws: PictureCheck.Fault.self) { try PictureCheck.checkJPEG(bytes) }
  }

  @Test("pictures that would fill the memory when they are unpacked are refused")
  func large() {
    #expect(throws: PictureCheck.Fault.self) { try PictureCheck.checkSize(60_000, 60_000) }
    #expect(throws: PictureCheck.Fault.self) {
      try PictureCheck.checkSize(Int(UInt32.max), 1 << 31)
    }
    #expect(throws: Never.self) { try PictureCheck.checkSize(4096, 4096) }
  }
}
