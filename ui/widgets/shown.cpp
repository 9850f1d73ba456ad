// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shown.h"

#include "ui/widgets/format.h"

#include <QAction>
#include <QToolTip>
#include <QWidget>

namespace queuedeck::ui {

namespace {
constexpr qsizetype kLongestText = 20'000;
constexpr qsizetype kLongestTip = 1'000;
constexpr qsizetype kWidestTip = 120; ///< characters of a line

QString cut(const QString& text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const bool isInPair = text[most - 1].isHighSurrogate();
    return text.left(isInPair ? most - 1 : most) + QStringLiteral("…");
}
} // namespace

QString shown(const QString& text)
{
    QStringList lines = cut(text, kLongestText).split(QLatin1Char('\n'));
    for (QString& line : lines)
        line = showControls(line);
    return lines.join(QLatin1Char('\n'));
}

QString tip(const QString& text)
{
    const QString words = shown(cut(text, kLongestTip));
    const QStringList lines = words.split(QLatin1Char('\n'));
    const bool isWide = std::any_of(lines.begin(), lines.end(),
                                    [](const QString& line) { return line.size() > kWidestTip; });
    // Qt wraps the lines of a tooltip only if it is HTML.
    if (!isWide && !Qt::mightBeRichText(words))
        return words;
    return QStringLiteral("<qt>") +
           words.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br/>")) +
           QStringLiteral("</qt>");
}

void setTip(QWidget* widget, const QString& text)
{
    widget->setToolTip(tip(text));
}

void setTip(QAction* action, const QString& text)
{
    action->setToolTip(tip(text));
}

void copyTip(QWidget* to, const QAction& from)
{
    to->setToolTip(from.toolTip());
}

void showTip(const QPoint& global, const QString& text, QWidget* widget)
{
    QToolTip::showText(global, tip(text), widget);
}

QVariant shownData(const QVariant& value, int role)
{
    if (value.metaType() != QMetaType::fromType<QString>())
        return value;
    return role == Qt::ToolTipRole ? tip(value.toString()) : showControls(value.toString());
}

} // namespace queuedeck::ui
