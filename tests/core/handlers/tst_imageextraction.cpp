// SPDX-License-Identifier: GPL-3.0-or-later
// Cards and licences from picture to fields, as drawn and as cameras and scanners degrade them. The
// share of correct fields is printed with every miss.
#include "core/handlers/handlers.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString samples()
{
    return QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples/");
}

QByteArray encoded(const QImage& image, const char* format, int quality = -1)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, format, quality);
    return bytes;
}

QString comparable(const QString& text)
{
    return text.simplified().toLower();
}

using Spoil = std::function<QByteArray(const QByteArray&)>;

QByteArray rotated(const QByteArray& bytes, double degrees)
{
    const QImage image = QImage::fromData(bytes).convertToFormat(QImage::Format_RGB32);
    QImage out(image.width() + 160, image.height() + 160, QImage::Format_RGB32);
    out.fill(QColor(250, 250, 250));
    QPainter painter(&out);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(out.rect().center());
    painter.rotate(degrees);
    painter.drawImage(-image.rect().center(), image);
    painter.end();
    return encoded(out, "png");
}

QByteArray turned(const QByteArray& bytes, int degrees)
{
    return encoded(QImage::fromData(bytes).transformed(QTransform().rotate(degrees)), "png");
}

QByteArray noisy(const QByteArray& bytes)
{
    QImage image = QImage::fromData(bytes).convertToFormat(QImage::Format_RGB32);
    QRandomGenerator random(7);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int add = random.bounded(-22, 23);
            const auto mix = [add](int c) { return std::clamp(c + add, 0, 255); };
            line[x] = qRgb(mix(qRed(line[x])), mix(qGreen(line[x])), mix(qBlue(line[x])));
        }
    }
    return encoded(image, "jpeg", 30);
}

QByteArray shrunk(const QByteArray& bytes)
{
    return encoded(QImage::fromData(bytes).scaledToWidth(525, Qt::SmoothTransformation), "png");
}

// On a wooden table, seen at an angle, with a shadow across.
QByteArray photographed(const QByteArray& bytes)
{
    const QImage card = QImage::fromData(bytes).convertToFormat(QImage::Format_RGB32);
    QImage table(2016, 1344, QImage::Format_RGB32);
    for (int y = 0; y < table.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(table.scanLine(y));
        for (int x = 0; x < table.width(); ++x) {
            const int grain = int(8 * std::sin(y * 0.045 + std::sin(x * 0.004) * 2));
            line[x] = qRgb(118 + grain, 88 + grain, 62 + grain);
        }
    }
    const QPolygonF from{{0, 0},
                         {double(card.width()), 0},
                         {double(card.width()), double(card.height())},
                         {0, double(card.height())}};
    const QPolygonF to{{330, 300}, {1690, 235}, {1740, 1075}, {285, 1110}};
    QTransform view;
    QTransform::quadToQuad(from, to, view);
    QPainter painter(&table);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setTransform(view);
    painter.drawImage(0, 0, card);
    painter.resetTransform();
    QLinearGradient shadow(0, 0, table.width(), table.height());
    shadow.setColorAt(0, QColor(0, 0, 0, 70));
    shadow.setColorAt(0.6, QColor(0, 0, 0, 0));
    painter.fillRect(table.rect(), shadow);
    painter.end();
    const QImage soft =
        table.scaled(table.size() * 0.8, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return encoded(soft, "jpeg", 70);
}
} // namespace

class TestImageExtraction : public QObject
{
    Q_OBJECT

    QByteArray m_bytes;
    std::unique_ptr<engine::Handler> m_handler;

    engine::TaskResult read(const QByteArray& bytes, const QString& scanType)
    {
        m_bytes = bytes;
        return m_handler->run({{u"job"_s},
                               u"image_extraction"_s,
                               {{u"scanId"_s, u"scan"_s},
                                {u"imageUrl"_s, u"queuedeck-image:x"_s},
                                {u"scanType"_s, scanType}},
                               1,
                               {}});
    }

    // The share of expected fields, over all pictures of a kind, that are read correctly.
    double accuracy(const QString& folder, const QString& scanType, const Spoil& spoil)
    {
        const QJsonObject all =
            QJsonDocument::fromJson(fileBytes(folder + u"expected.json"_s)).object();
        int right = 0;
        int total = 0;
        int index = 0;
        for (const QString& file : all.keys()) {
            if (spoil && index++ % 3 != 0)
                continue; // a third is enough for the degraded ones, since reading is slow
            const QJsonObject entry = all[file].toObject();
            if (entry["scanType"_L1].toString() != scanType)
                continue;
            const QByteArray bytes = fileBytes(folder + file);
            const auto result = read(spoil ? spoil(bytes) : bytes, scanType);
            const QJsonObject expected = entry["fields"_L1].toObject();
            for (const QString& field : expected.keys()) {
                const QString wanted = expected[field].toString();
                const QString found = result.effects.value(0).data[field].toString();
                ++total;
                if (comparable(wanted) == comparable(found))
                    ++right;
                else
                    qInfo().noquote() << file << field << "wanted" << wanted << "| read" << found;
            }
        }
        const double share = total > 0 ? double(right) / total : 0;
        qInfo().noquote() << u"%1 of %2 fields right, %3 %"_s.arg(right).arg(total).arg(100 * share,
                                                                                        0, 'f', 1);
        return share;
    }

private Q_SLOTS:
    void initTestCase()
    {
        handlers::HandlerResources resources;
        resources.makeImageSource = [this] {
            return [this](const QString&,
                          const std::stop_token&) -> tl::expected<QByteArray, domain::Setback> {
                return m_bytes;
            };
        };
        const auto table = handlers::builtInHandlers(resources);
        m_handler = table.at(u"image_extraction"_s)();
    }

    void cards_data()
    {
        QTest::addColumn<Spoil>("spoil");
        QTest::addColumn<double>("least");
        const auto turnedBy = [](int degrees) {
            return Spoil([degrees](const QByteArray& b) { return turned(b, degrees); });
        };
        const auto rotatedBy = [](double degrees) {
            return Spoil([degrees](const QByteArray& b) { return rotated(b, degrees); });
        };
        QTest::newRow("as drawn") << Spoil() << 0.9;
        QTest::newRow("turned by 3 degrees") << rotatedBy(3) << 0.85;
        QTest::newRow("turned by -7 degrees") << rotatedBy(-7) << 0.85;
        QTest::newRow("on its side") << turnedBy(90) << 0.85;
        QTest::newRow("on its other side") << turnedBy(270) << 0.85;
        QTest::newRow("on its head") << turnedBy(180) << 0.85;
        QTest::newRow("noisy, JPEG 30") << Spoil(noisy) << 0.8;
        QTest::newRow("525 pixels wide") << Spoil(shrunk) << 0.8;
        QTest::newRow("photographed on a table") << Spoil(photographed) << 0.75;
    }

    void cards()
    {
        QFETCH(Spoil, spoil);
        QFETCH(double, least);
        QVERIFY(accuracy(samples(), u"business_card"_s, spoil) >= least);
    }

    // Layouts other than the samples for which the rules were written.
    void unseenCards()
    {
        QVERIFY(accuracy(QStringLiteral(QUEUEDECK_SOURCE_DIR "/tests/data/cards/"),
                         u"business_card"_s, {}) >= 0.85);
    }

    void licenses() { QVERIFY(accuracy(samples(), u"liquor_license"_s, {}) >= 0.8); }

    void aPictureWithoutTextFailsForGood()
    {
        QImage blank(600, 400, QImage::Format_RGB32);
        blank.fill(Qt::white);
        const auto result = read(encoded(blank, "png"), u"business_card"_s);
        QCOMPARE(result.kind, engine::TaskResult::Kind::Unrecoverable);
        QVERIFY(!result.error.isEmpty());
        QVERIFY(result.effects.isEmpty()); // the payload determines its scan
    }

    void whatIsNoPictureFailsForGood()
    {
        const auto result = read("%PDF-1.7", u"business_card"_s);
        QCOMPARE(result.kind, engine::TaskResult::Kind::Unrecoverable);
        QCOMPARE(result.error, u"Not an image: JPEG, PNG and WebP are read."_s);
    }
};

QTEST_GUILESS_MAIN(TestImageExtraction)
#include "tst_imageextraction.moc"
