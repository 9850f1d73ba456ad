// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/signaturetext.h"

#include "ui/errors/errorwords.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QTextLayout>
#include <QtMath>

namespace queuedeck::ui {

namespace {
QVector<QTextLayout::FormatRange> formatsOf(const domain::ErrorGroup& group, qsizetype length,
                                            const QColor& ground)
{
    QVector<QTextLayout::FormatRange> formats;
    for (const domain::ErrorVarying& varying : group.varies) {
        const int size = int(domain::placeholder(varying.kind).size());
        if (varying.at + size > length)
            break; // elided
        QTextCharFormat format;
        format.setBackground(ground);
        formats.push_back({int(varying.at), size, format});
    }
    return formats;
}

// Lays the text out; returns its height.
qreal layOut(QTextLayout& layout, int width)
{
    qreal y = 0;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    while (true) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}
} // namespace

void paintSignature(QPainter& painter, const QRect& rect, const domain::ErrorGroup& group,
                    const QFont& font, Color color)
{
    const QString whole = errorwords::signature(group);
    const QString text = QFontMetrics(font).elidedText(whole, Qt::ElideRight, rect.width());
    const qsizetype kept = text == whole ? whole.size() : text.size() - 1;
    QTextLayout layout(text, font);
    layout.setFormats(formatsOf(group, kept, tokenColor(Color::Sunken)));
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width() + px(space::kXl));
    layout.endLayout();
    painter.setPen(tokenColor(color));
    layout.draw(&painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
}

SignatureText::SignatureText(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("signature"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Appearance::instance(), &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void SignatureText::setGroup(const domain::ErrorGroup& group)
{
    m_group = group;
    setAccessibleName(errorwords::signature(group));
    updateGeometry();
    update();
}

int SignatureText::heightForWidth(int width) const
{
    QTextLayout layout(errorwords::signature(m_group), textFont(TextRole::Mono));
    return qCeil(layOut(layout, width - 2 * px(space::kS))) + 2 * px(space::kS);
}

QSize SignatureText::sizeHint() const
{
    const int width = px(300);
    return {width, heightForWidth(width)};
}

void SignatureText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::ErrorBg), Qt::transparent, 0);
    const QString text = errorwords::signature(m_group);
    QTextLayout layout(text, textFont(TextRole::Mono));
    layout.setFormats(formatsOf(m_group, text.size(), tokenColor(Color::Base)));
    layOut(layout, width() - 2 * px(space::kS));
    painter.setPen(tokenColor(Color::Text));
    layout.draw(&painter, QPointF(px(space::kS), px(space::kS)));
}

} // namespace queuedeck::ui
