// SPDX-License-Identifier: GPL-3.0-or-later
// Which files are pictures, judged by content; and that a decompression bomb is never decoded.
#include "core/handlers/image_extraction/imagecheck.h"
#include "tests/support/pictures.h"

#include <QBuffer>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::handlers;

namespace {
QByteArray picture(const char* format, QSize size = {64, 40})
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgb(x * 3, y * 5, x ^ y));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, format);
    return bytes;
}

// A PNG that claims this size; its checksum is right, its data is missing.
QByteArray giantPng(quint32 width, quint32 height)
{
    QByteArray bytes = picture("png");
    qToBigEndian(width, bytes.data() + 16);
    qToBigEndian(height, bytes.data() + 20);
    return bytes.left(8) + pictures::pngChunk(bytes.mid(12, 17)) + bytes.mid(33);
}

// Where the chunk of that type begins.
qsizetype chunkAt(const QByteArray& png, const char* type)
{
    return png.indexOf(type) - 4;
}

QByteArray withWrongSum(QByteArray png, const char* type)
{
    const qsizetype at = chunkAt(png, type);
    const qsizetype end = at + 12 + qFromBigEndian<quint32>(png.constData() + at);
    png[end - 1] = char(png[end - 1] ^ 1);
    return png;
}

// One byte of the compressed pixels is changed, and the chunk's checksum matches it.
QByteArray withWrongPixels(const QByteArray& png, qsizetype fromEnd)
{
    const qsizetype at = chunkAt(png, "IDAT");
    const qsizetype length = qFromBigEndian<quint32>(png.constData() + at);
    QByteArray data = png.mid(at + 4, length + 4);
    data[data.size() - fromEnd] = char(data[data.size() - fromEnd] ^ 0x55);
    return png.left(at) + pictures::pngChunk(data) + png.mid(at + 12 + length);
}
} // namespace

class TestImageCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsFormats_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QString>("mediaType");
        QTest::newRow("png") << QByteArray("png") << u"image/png"_s;
        QTest::newRow("jpeg") << QByteArray("jpeg") << u"image/jpeg"_s;
        QTest::newRow("webp") << QByteArray("webp") << u"image/webp"_s;
    }

    void knowsItsFormats()
    {
        QFETCH(QByteArray, format);
        QFETCH(QString, mediaType);
        const QByteArray bytes = picture(format.constData());
        QVERIFY(!bytes.isEmpty());
        const auto checked = checkImage(bytes);
        QVERIFY2(checked, checked ? "" : qPrintable(domain::errorFor(checked.error()).detail));
        QCOMPARE(checked->mediaType, mediaType);
        QCOMPARE(checked->size, QSize(64, 40));
        QVERIFY(decodeImage(bytes));
        // Wherever it is truncated, it is refused.
        for (qsizetype length = 0; length < bytes.size() - 2; length += 1 + bytes.size() / 97)
            QVERIFY2(!checkImage(bytes.left(length)), qPrintable(QString::number(length)));
    }

    void refusesTheRest_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("hello, this is no picture at all");
        QTest::newRow("pdf") << QByteArray("%PDF-1.7\n%\xE2\xE3\xCF\xD3");
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>");
        QTest::newRow("gif") << QByteArray("GIF89a\1\0\1\0\0\0\0;", 14);
        QTest::newRow("bmp") << picture("bmp");
        QTest::newRow("ppm") << picture("ppm");
    }

    void refusesTheRest()
    {
        QFETCH(QByteArray, bytes);
        const auto checked = checkImage(bytes);
        QVERIFY(!checked);
        QCOMPARE(domain::errorFor(checked.error()).kind, base::ErrorKind::Invalid);
        QCOMPARE(domain::errorFor(checked.error()).detail,
                 u"Not an image: JPEG, PNG and WebP are read."_s);
    }

    void refusesABombByItsHeader()
    {
        const auto bomb = checkImage(giantPng(20'000, 20'000));
        QVERIFY(!bomb);
        QCOMPARE(domain::errorFor(bomb.error()).detail,
                 u"The picture has 400 megapixels; 25 is the limit."_s);
        QVERIFY(checkImage(giantPng(5'000, 5'000))); // 25 is allowed, as far as the header says
        QVERIFY(!decodeImage(giantPng(60'000, 60'000)));
    }

    void refusesTooManyBytes()
    {
        QByteArray bytes = picture("jpeg");
        bytes.append(QByteArray(20 * 1024 * 1024, '\0'));
        QVERIFY(!checkImage(bytes));
        QVERIFY(!checkImage({}));
    }

    void turnsAsExifAsks()
    {
        // An orientation of 6 (rotate by 90 degrees) inserted after the start of a JPEG.
        QByteArray bytes = picture("jpeg");
        const QByteArray exif = QByteArray::fromHex(
            "ffe1002245786966000049492a0008000000010012010300010000000600000000000000");
        bytes.insert(2, exif);
        const auto checked = checkImage(bytes);
        QVERIFY2(checked, checked ? "" : qPrintable(domain::errorFor(checked.error()).detail));
        QVERIFY(checked->exifTurned);
        QCOMPARE(checked->size, QSize(40, 64));
        QCOMPARE(decodeImage(bytes)->size(), QSize(40, 64));
    }

    // The end of the thumbnail in a photo's EXIF data is not the end of the photo.
    void findsACutPhotoWithASmallPictureInside()
    {
        const QByteArray inner = picture("jpeg", {16, 10});
        QByteArray segment("\xFF\xE1\0\0", 4);
        segment += "Exif" + QByteArray(2, '\0') + inner;
        qToBigEndian(quint16(segment.size() - 2), segment.data() + 2);
        QByteArray bytes = picture("jpeg");
        bytes.insert(2, segment);
        QVERIFY(checkImage(bytes));
        QVERIFY(!checkImage(bytes.left(bytes.size() - 2)));
        QVERIFY(!checkImage(bytes.left(bytes.size() - 200)));
    }

    // Whatever a decoder makes of it: the same result for every viewer of the picture.
    void aWrongChecksum_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isTaken");
        QByteArray png = picture("png");
        for (const char* type : {"IHDR", "IDAT", "IEND"})
            QTest::newRow(type) << withWrongSum(png, type) << false;
        const QImage colours = QImage::fromData(png).convertToFormat(QImage::Format_Indexed8);
        QTest::newRow("PLTE") << withWrongSum(pictures::encoded(colours, "png"), "PLTE") << false;
        QTest::newRow("the pixels") << withWrongPixels(png, 20) << false;
        QTest::newRow("the sum over all pixels") << withWrongPixels(png, 1) << false;
        QByteArray noted = png;
        noted.insert(chunkAt(png, "IDAT"), pictures::pngChunk("tEXtNote"));
        QTest::newRow("a note") << withWrongSum(noted, "tEXt") << true;
        QByteArray gamma = png;
        gamma.insert(chunkAt(png, "IDAT"), pictures::pngChunk("gAMA" + QByteArray(4, '\1')));
        QTest::newRow("colours") << withWrongSum(gamma, "gAMA") << true;
    }
    void aWrongChecksum()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isTaken);
        const auto decoded = decodeImage(bytes);
        QCOMPARE(bool(decoded), isTaken);
        if (!isTaken) {
            QCOMPARE(decoded.error().why, domain::PictureFault::Why::Broken);
            // The parts are judged before a decoder reads them.
            QCOMPARE(bool(checkImage(bytes)), QByteArray(QTest::currentDataTag()).contains(' '));
            return;
        }
        QCOMPARE(decoded->size(), QSize(64, 40));
        const QByteArray kept = withoutExtras(bytes);
        QCOMPARE(*decodeImage(kept), *decoded);
        QVERIFY(!kept.contains("tEXt") &&
                !kept.contains("gAMA")); // so other programs accept it as well
    }

    void onePictureOnly_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("frames");
        const QByteArray png = picture("png");
        const QByteArray webp = picture("webp");
        for (const int frames : {1, 2, 100}) {
            QTest::addRow("png of %d", frames) << pictures::animatedPng(png, frames) << frames;
            QTest::addRow("webp of %d", frames)
                << pictures::animatedWebP(webp, {64, 40}, frames) << frames;
        }
    }
    void onePictureOnly()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, frames);
        const auto decoded = decodeImage(bytes);
        if (frames == 1) {
            QVERIFY2(decoded, decoded ? "" : qPrintable(domain::errorFor(decoded.error()).detail));
            QCOMPARE(decoded->size(), QSize(64, 40));
            QCOMPARE(*decodeImage(withoutExtras(bytes)), *decoded);
            return;
        }
        QVERIFY(!decoded);
        QCOMPARE(decoded.error(),
                 (domain::PictureFault{domain::PictureFault::Why::Animated, frames}));
        QVERIFY(domain::errorFor(decoded.error())
                    .detail.contains(u"animated, with %1 frames"_s.arg(frames)));
    }

    void keepsThePixelsAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("picture");
        for (int orientation = 1; orientation <= 8; ++orientation) {
            QByteArray exif = QByteArray::fromHex(
                "ffe1002245786966000049492a0008000000010012010300010000000600000000000000");
            exif[28] = char(orientation);
            QByteArray jpeg = picture("jpeg");
            jpeg.insert(2, exif);
            QTest::addRow("jpeg turned %d", orientation) << jpeg;
            // After the JFIF segment, where some programs put it.
            jpeg = picture("jpeg");
            jpeg.insert(2 + 18, exif);
            QTest::addRow("jpeg turned %d behind JFIF", orientation) << jpeg;
        }
        QByteArray comment = picture("jpeg");
        comment.insert(2, QByteArray("\xFF\xFE\0\x08SECRET", 10));
        QTest::newRow("jpeg with a comment") << comment;
        QByteArray xmp = picture("jpeg");
        xmp.insert(2, QByteArray("\xFF\xED\0\x08SECRET", 10));
        QTest::newRow("jpeg with IPTC") << xmp;
        QTest::newRow("png with trailing bytes") << picture("png");

        QImage image = QImage::fromData(picture("png"));
        image.setText(u"Author"_s, u"SECRET"_s);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "png");
        QTest::newRow("png with text") << bytes;

        const QByteArray plain = picture("webp");
        QTest::newRow("webp with trailing bytes") << plain;
        QByteArray flags(10, '\0');
        flags[0] = 0x0C;
        flags[4] = 63;
        flags[7] = 39;
        QByteArray extended = plain.left(12) + "VP8X" + QByteArray("\x0A\0\0\0", 4) + flags +
                              plain.mid(12) + "EXIF" + QByteArray("\x06\0\0\0", 4) + "SECRET" +
                              "XMP " + QByteArray("\x06\0\0\0", 4) + "SECRET";
        qToLittleEndian(quint32(extended.size() - 8), extended.data() + 4);
        QTest::newRow("webp with EXIF and XMP") << extended;
    }

    void keepsThePixelsAndNothingElse()
    {
        QFETCH(QByteArray, picture);
        const QByteArray given = picture + "SECRET";
        const QByteArray kept = withoutExtras(given);
        QVERIFY(!kept.contains("SECRET"));
        QVERIFY(kept.size() < given.size());
        QVERIFY(checkImage(given));
        QVERIFY(checkImage(kept));
        QCOMPARE(*decodeImage(kept), *decodeImage(given));
        QCOMPARE(checkImage(kept)->size, checkImage(given)->size);
        QCOMPARE(withoutExtras(kept), kept);
    }
};

QTEST_GUILESS_MAIN(TestImageCheck)
#include "tst_imagecheck.moc"
