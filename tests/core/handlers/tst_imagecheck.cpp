// SPDX-License-Identifier: GPL-3.0-or-later
// Which files are pictures, judged by content; and that a bomb is never decoded.
#include "core/handlers/image_extraction/imagecheck.h"

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

// A PNG that says it is this large; its checksum is right, its data is not there.
QByteArray giantPng(quint32 width, quint32 height)
{
    QByteArray bytes = picture("png");
    qToBigEndian(width, bytes.data() + 16);
    qToBigEndian(height, bytes.data() + 20);
    quint32 crc = 0xFFFFFFFFU;
    for (int i = 12; i < 29; ++i) {
        crc ^= uchar(bytes[i]);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0);
    }
    qToBigEndian(~crc, bytes.data() + 29);
    return bytes;
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
        // Wherever it is cut, it is refused.
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
        QVERIFY(checkImage(giantPng(5'000, 5'000))); // 25 is allowed, as far as the header tells
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
        // An orientation of 6 (turn by 90 degrees) put behind the start of a JPEG.
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

    // The end of the small picture in the EXIF data of a photo is not the end of the photo.
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
            // Behind the JFIF segment, where some programs put it.
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
