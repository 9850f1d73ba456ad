// SPDX-License-Identifier: GPL-3.0-or-later
// Cards as lines of text, from tests/data/cardlines.txt and from the descriptions the sample
// pictures are drawn from. Fields that a case does not name must not be found.
#include "core/handlers/image_extraction/cardfields.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::handlers;

namespace {

constexpr double kLetter = 0.52; // of its height, roughly

QByteArray contentOf(const QString& path)
{
    QFile file(QStringLiteral(QUEUEDECK_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

TextLine lineAt(double x, double baseline, double height, const QString& align, const QString& text)
{
    const double width = height * kLetter * double(text.size());
    const double left = align == u"r" ? x - width : align == u"c" ? x - width / 2 : x;
    return {text, QRectF(left, baseline - height * 0.8, width, height), 0.95};
}

QJsonObject read(const QString& scanType, const QVector<TextLine>& lines)
{
    QJsonObject fields =
        scanType == u"business_card" ? businessCardFields(lines) : liquorLicenseFields(lines);
    fields.remove("confidence"_L1);
    return fields;
}

QVector<TextLine> linesOf(const QJsonObject& card)
{
    const QJsonObject styles = card.value("styles"_L1).toObject();
    QVector<TextLine> lines;
    for (const QJsonValue& value : card.value("draw"_L1).toArray()) {
        const QJsonArray item = value.toArray();
        if (item.at(0) != "text"_L1)
            continue;
        const QString style = styles.value(item.at(4).toString()).toString();
        lines << lineAt(item.at(1).toDouble(), item.at(2).toDouble(),
                        style.section(u'|', 1, 1).toDouble(), item.at(3).toString(),
                        item.at(5).toString());
    }
    return lines;
}

} // namespace

class TestCardFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLines_data();
    void readsLines();
    void readsDrawnCards_data();
    void readsDrawnCards();
    void ratesItself();
    void survivesAnything();
};

void TestCardFields::readsLines_data()
{
    QTest::addColumn<QString>("scanType");
    QTest::addColumn<QVector<TextLine>>("lines");
    QTest::addColumn<QJsonObject>("expected");
    QString name;
    QString scanType = u"business_card"_s;
    QVector<TextLine> lines;
    QJsonObject expected;
    const auto finish = [&] {
        if (!name.isEmpty())
            QTest::newRow(name.toUtf8().constData()) << scanType << lines << expected;
        lines.clear();
        expected = {};
    };
    const QString cases = QString::fromUtf8(contentOf(u"tests/data/cardlines.txt"_s));
    for (const QString& row : cases.split(u'\n')) {
        if (row.startsWith(u"== ")) {
            finish();
            name = row.mid(3);
            scanType = name.startsWith(u"licence") ? u"liquor_license"_s : u"business_card"_s;
        } else if (row.startsWith(u"= ")) {
            expected.insert(row.section(u' ', 1, 1), row.section(u' ', 2));
        } else if (row.startsWith(u"- ")) { // a line of which only the text is known
            lines << TextLine{row.mid(2), {}, 0};
        } else if (!row.isEmpty() && row.at(0).isDigit()) {
            lines << lineAt(row.section(u' ', 0, 0).toDouble(), row.section(u' ', 1, 1).toDouble(),
                            row.section(u' ', 2, 2).toDouble(), u"l"_s, row.section(u' ', 3));
        }
    }
    finish();
}

void TestCardFields::readsLines()
{
    QFETCH(QString, scanType);
    QFETCH(QVector<TextLine>, lines);
    QFETCH(QJsonObject, expected);
    QCOMPARE(read(scanType, lines), expected);
}

void TestCardFields::readsDrawnCards_data()
{
    QTest::addColumn<QJsonObject>("card");
    for (const QString& file : {u"samplecards.json"_s, u"unseencards.json"_s}) {
        const QByteArray json = contentOf(u"tests/support/"_s + file);
        for (const QJsonValue& value : QJsonDocument::fromJson(json).array())
            QTest::newRow(value.toObject().value("file"_L1).toString().toUtf8().constData())
                << value.toObject();
    }
}

void TestCardFields::readsDrawnCards()
{
    QFETCH(QJsonObject, card);
    QCOMPARE(read(card.value("scanType"_L1).toString(), linesOf(card)),
             card.value("fields"_L1).toObject());
}

void TestCardFields::ratesItself()
{
    const auto confidence = [](const QVector<TextLine>& lines) {
        return businessCardFields(lines).value("confidence"_L1).toDouble(-1);
    };
    const QVector<TextLine> full = {lineAt(60, 100, 40, u"l"_s, u"Eleanor Whitfield"_s),
                                    lineAt(60, 140, 24, u"l"_s, u"Director of Wine Buying"_s),
                                    lineAt(60, 300, 30, u"l"_s, u"Northgate Cellars LLC"_s),
                                    lineAt(60, 400, 24, u"l"_s, u"+1 555-0142"_s),
                                    lineAt(60, 440, 24, u"l"_s, u"eleanor@northgate.example"_s)};
    QCOMPARE(confidence({}), 0.0);
    QVERIFY(confidence(full) > 0.8);
    QVERIFY(confidence(full) <= 1.0);
    QVERIFY(confidence(full.mid(0, 1)) < confidence(full.mid(0, 2)));
    QVector<TextLine> blurred = full;
    for (TextLine& line : blurred)
        line.confidence = 0.4;
    QVERIFY(confidence(blurred) < 0.5);
}

void TestCardFields::survivesAnything()
{
    QVector<TextLine> lines;
    uint seed = 7;
    for (int count = 0; count < 60; ++count) {
        QString text;
        for (int at = 0; at < 40; ++at) {
            seed = seed * 1664525 + 1013904223;
            text += QChar(u"aA1 .@|,:+()-/ß©\u00e9\u2022wT"[(seed >> 16) % 20]);
        }
        lines << TextLine{text, QRectF(seed % 900, seed % 500, 100, 20), 0.5};
        for (const QJsonObject& fields : {businessCardFields(lines), liquorLicenseFields(lines)}) {
            for (const QJsonValue& value : fields)
                QVERIFY(value.toString().size() <= 300);
        }
    }
    businessCardFields({{QString(20000, u'a'), {}, 1}, {QString(20000, u'@'), {}, 1}});
}

QTEST_APPLESS_MAIN(TestCardFields)
#include "tst_cardfields.moc"
