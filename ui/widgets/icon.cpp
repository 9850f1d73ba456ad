// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon.h"

#include "ui/widgets/theme.h"

#include <QCache>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <array>

namespace queuedeck::ui {
namespace {

constexpr std::array<const char*, static_cast<size_t>(Icon::Count)> kIconFiles{"overview",
                                                                               "jobs",
                                                                               "scans",
                                                                               "engine",
                                                                               "diagnostics",
                                                                               "retry",
                                                                               "delete",
                                                                               "cancel",
                                                                               "run-next",
                                                                               "clean-up",
                                                                               "upload",
                                                                               "download",
                                                                               "pause",
                                                                               "play",
                                                                               "stop",
                                                                               "step",
                                                                               "search",
                                                                               "filter",
                                                                               "close",
                                                                               "copy",
                                                                               "chevron-down",
                                                                               "chevron-right",
                                                                               "chevron-up",
                                                                               "chevron-left",
                                                                               "columns",
                                                                               "bookmark",
                                                                               "plus",
                                                                               "more",
                                                                               "database",
                                                                               "lock",
                                                                               "key",
                                                                               "clock",
                                                                               "warning",
                                                                               "info",
                                                                               "check",
                                                                               "cross",
                                                                               "arrow-up",
                                                                               "fit",
                                                                               "zoom",
                                                                               "rotate",
                                                                               "edit",
                                                                               "link",
                                                                               "undo",
                                                                               "refresh",
                                                                               "settings",
                                                                               "globe",
                                                                               "eye",
                                                                               "journal",
                                                                               "mark-pending",
                                                                               "mark-processing",
                                                                               "mark-completed",
                                                                               "mark-failed",
                                                                               "mark-stuck",
                                                                               "mark-dead",
                                                                               "mark-unknown",
                                                                               "app"};

constexpr double kStrokeUpTo = 18.0;

const QByteArray& source(Icon icon)
{
    static std::array<QByteArray, kIconFiles.size()> sources;
    QByteArray& text = sources[static_cast<size_t>(icon)];
    if (text.isEmpty()) {
        QFile file(QLatin1String(":/icons/") +
                   QLatin1String(kIconFiles[static_cast<size_t>(icon)]) + QLatin1String(".svg"));
        if (file.open(QIODevice::ReadOnly))
            text = file.readAll();
    }
    return text;
}

/// The drawing in device pixels. In the files, currentColor is the ink and #ffffff the paper that
/// shows through a filled mark.
QPixmap pixmapOf(Icon icon, QSize size, double ratio, const QColor& ink)
{
    static QCache<QString, QPixmap> cache(2000);
    const QColor paper = tokenColor(Color::Base);
    const QString key = QStringLiteral("%1 %2x%3 %4 %5 %6")
                            .arg(static_cast<int>(icon))
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ink.name(), paper.name())
                            .arg(ratio);
    if (const QPixmap* known = cache.object(key))
        return *known;
    QByteArray svg = source(icon);
    // A line drawn for 16 px gets coarse when the drawing is shown large.
    const double side = size.width() / ratio;
    if (side > kStrokeUpTo)
        svg.replace("stroke-width=\"1.5\"",
                    "stroke-width=\"" +
                        QByteArray::number(1.5 * kStrokeUpTo / side * 1.08, 'f', 3) + '"');
    svg.replace("#ffffff", paper.name().toLatin1()); // first: the ink may be white
    svg.replace("currentColor", ink.name().toLatin1());
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    painter.end();
    cache.insert(key, new QPixmap(pixmap));
    return pixmap;
}

class TokenIconEngine : public QIconEngine
{
public:
    TokenIconEngine(Icon icon, Color token)
        : m_icon(icon)
        , m_token(token)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, rect, m_icon, ink(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return pixmapOf(m_icon, size, 1.0, ink(mode));
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return pixmapOf(m_icon, size, scale, ink(mode));
    }

    QIconEngine* clone() const override { return new TokenIconEngine(m_icon, m_token); }
    QString key() const override { return QStringLiteral("queuedeck"); }

private:
    QColor ink(QIcon::Mode mode) const
    {
        return tokenColor(mode == QIcon::Disabled ? Color::Muted : m_token);
    }

    Icon m_icon;
    Color m_token;
};

} // namespace

QIcon makeIcon(Icon icon, Color token)
{
    return icon == Icon::Count ? QIcon() : QIcon(new TokenIconEngine(icon, token));
}

void paintIcon(QPainter& painter, const QRectF& rect, Icon icon, const QColor& color)
{
    if (icon == Icon::Count)
        return;
    const double ratio = painter.device()->devicePixelRatioF();
    QPixmap pixmap = pixmapOf(icon, (rect.size() * ratio).toSize(), ratio, color);
    pixmap.setDevicePixelRatio(ratio);
    painter.drawPixmap(rect.topLeft(), pixmap);
}

} // namespace queuedeck::ui
