// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the sample cards and licences from a description in JSON, and writes what a reader should
// find in them to a file beside the pictures:
//
//   drawcards tests/support/samplecards.json resources/samples
//   drawcards tests/support/unseencards.json tests/data/cards
//
// A card is a list of shapes and lines of text; a line's style is
// "family|pixels|weight|colour|letter spacing|i", where the last two are optional.
#include <QFile>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

struct Style
{
    QFont font;
    QColor colour;
};

Style styleFrom(const QString& text)
{
    const QStringList parts = text.split(u'|');
    Style style;
    style.font = QFont(parts.value(0));
    style.font.setPixelSize(parts.value(1).toInt());
    style.font.setWeight(QFont::Weight(parts.value(2).toInt()));
    style.font.setHintingPreference(QFont::PreferNoHinting);
    style.font.setLetterSpacing(QFont::AbsoluteSpacing, parts.value(4).toDouble());
    style.font.setItalic(parts.value(5) == u"i");
    style.colour = QColor(parts.value(3));
    return style;
}

void drawText(QPainter& painter, const QJsonArray& item, const QJsonObject& styles)
{
    const Style style = styleFrom(styles.value(item.at(4).toString()).toString());
    const QString text = item.at(5).toString();
    const double width = QFontMetricsF(style.font).horizontalAdvance(text);
    const QString align = item.at(3).toString();
    double x = item.at(1).toDouble();
    if (align == u"c")
        x -= width / 2;
    else if (align == u"r")
        x -= width;
    painter.setFont(style.font);
    painter.setPen(style.colour);
    painter.drawText(QPointF(x, item.at(2).toDouble()), text);
}

void drawShape(QPainter& painter, const QJsonArray& item)
{
    const auto number = [&item](int at) { return item.at(at).toDouble(); };
    const QString kind = item.at(0).toString();
    painter.setPen(Qt::NoPen);
    if (kind == u"rect") {
        painter.setBrush(QColor(item.at(5).toString()));
        painter.drawRoundedRect(QRectF(number(1), number(2), number(3), number(4)), number(6),
                                number(6));
    } else if (kind == u"ellipse") {
        painter.setBrush(QColor(item.at(5).toString()));
        painter.drawEllipse(QPointF(number(1), number(2)), number(3), number(4));
    } else if (kind == u"frame") {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(item.at(5).toString()), number(6)));
        painter.drawRect(QRectF(number(1), number(2), number(3), number(4)));
    } else if (kind == u"ring") {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(item.at(5).toString()), number(6)));
        painter.drawEllipse(QPointF(number(1), number(2)), number(3), number(4));
    } else if (kind == u"line") {
        painter.setPen(QPen(QColor(item.at(5).toString()), number(6)));
        painter.drawLine(QPointF(number(1), number(2)), QPointF(number(3), number(4)));
    } else if (kind == u"poly") {
        QPolygonF polygon;
        for (int at = 2; at + 1 < item.size(); at += 2)
            polygon << QPointF(number(at), number(at + 1));
        painter.setBrush(QColor(item.at(1).toString()));
        painter.drawPolygon(polygon);
    }
}

/// With at most 16 shades per channel and, if that leaves few enough colours, a palette: half the
/// file size.
QImage withFewColours(const QImage& image)
{
    QImage coarse = image.convertToFormat(QImage::Format_RGB32);
    QImage indexed(image.size(), QImage::Format_Indexed8);
    QHash<QRgb, int> palette;
    QHash<QRgb, QRgb> exact; // so that a flat area keeps its exact colour
    for (int y = 0; y < coarse.height(); ++y) {
        for (int x = 0; x < coarse.width(); ++x) {
            const QRgb pixel = coarse.pixel(x, y);
            const QRgb key = pixel & 0xfff0f0f0;
            const QRgb kept = exact.contains(key) ? exact.value(key) : *exact.insert(key, pixel);
            if (!palette.contains(kept))
                palette.insert(kept, int(palette.size()));
            indexed.scanLine(y)[x] = uchar(qMin(255, palette.value(kept)));
            coarse.setPixel(x, y, kept);
        }
    }
    if (palette.size() > 256)
        return coarse;
    QList<QRgb> table(palette.size());
    for (auto it = palette.cbegin(); it != palette.cend(); ++it)
        table[it.value()] = it.key();
    indexed.setColorTable(table);
    indexed.setDotsPerMeterX(image.dotsPerMeterX());
    indexed.setDotsPerMeterY(image.dotsPerMeterY());
    return indexed;
}

QImage drawn(const QJsonObject& card)
{
    const QJsonArray size = card.value("size"_L1).toArray();
    QImage image(size.at(0).toInt(1050), size.at(1).toInt(600), QImage::Format_RGB32);
    image.fill(QColor(card.value("paper"_L1).toString()));
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    for (const QJsonValue& value : card.value("draw"_L1).toArray()) {
        const QJsonArray item = value.toArray();
        if (item.at(0).toString() == u"text")
            drawText(painter, item, card.value("styles"_L1).toObject());
        else
            drawShape(painter, item);
    }
    painter.end();
    // 300 dpi, as a scanner would set; only now, since letter spacing would grow with it.
    image.setDotsPerMeterX(11811);
    image.setDotsPerMeterY(11811);

    return withFewColours(image);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", "1");
    const QGuiApplication app(argc, argv);
    const QStringList words = QGuiApplication::arguments();
    QFile source(words.value(1));
    if (words.size() != 3 || !source.open(QIODevice::ReadOnly)) {
        std::fputs("Usage: drawcards CARDS.json FOLDER\n", stderr);
        return 2;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(source.readAll(), &error);
    if (!document.isArray()) {
        std::fprintf(stderr, "%s: %s at byte %d\n", qPrintable(words.at(1)),
                     qPrintable(error.errorString()), error.offset);
        return 1;
    }
    QJsonObject expected;
    for (const QJsonValue& value : document.array()) {
        const QJsonObject card = value.toObject();
        const QString file = card.value("file"_L1).toString();
        if (!drawn(card).save(words.at(2) + u'/' + file, "PNG", 0))
            return 1;
        expected.insert(file, QJsonObject{{u"scanType"_s, card.value("scanType"_L1)},
                                          {u"fields"_s, card.value("fields"_L1)}});
    }
    QFile truth(words.at(2) + u"/expected.json"_s);
    return truth.open(QIODevice::WriteOnly) && truth.write(QJsonDocument(expected).toJson()) > 0
               ? 0
               : 1;
}
