// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/scandelegate.h"

#include "ui/scans/scansmodel.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>

namespace queuedeck::ui {
namespace {

constexpr auto kLeft = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine;
constexpr auto kRight = Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine;

void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool hasFocus = view && view->hasFocus();
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect,
                         tokenColor(hasFocus ? Color::Selection : Color::SelectionIdle));
    else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect, tokenColor(Color::Hover));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     tokenColor(Color::RowLine));
    if (view && view->currentIndex() == index)
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()),
                         tokenColor(Color::Accent));
}

void paintThumbnail(QPainter& painter, const QRect& frame, const QImage& image)
{
    paintBox(painter, frame, tokenColor(Color::Sunken), tokenColor(Color::Line), 1, 2);
    if (image.isNull())
        return;
    // Fills the frame and crops what does not fit: photos of cards come in every shape.
    const QRect inner = frame.adjusted(1, 1, -1, -1);
    QSizeF part(inner.size());
    part.scale(image.size(), Qt::KeepAspectRatio);
    QRectF source({}, part);
    source.moveCenter(QRectF(image.rect()).center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(inner), image, source);
}

/// Mark and word; returns the width that was used.
int paintMark(QPainter& painter, const QRect& line, Mark mark)
{
    const QString word = markWord(mark);
    painter.setFont(textFont(TextRole::Body));
    painter.setPen(tokenColor(markColor(mark)));
    const int wide = painter.fontMetrics().horizontalAdvance(word);
    painter.drawText(line, kRight, word);
    const int side = px(size::kStatusIcon);
    const int left = line.right() - wide - px(5) - side;
    paintIcon(painter, QRect(left, line.center().y() - side / 2 + 1, side, side), markIcon(mark),
              tokenColor(markColor(mark)));
    return line.right() - left;
}

int paintFacts(QPainter& painter, QRect line, const QModelIndex& index)
{
    const int right = line.right();
    const QString age = index.data(ScansModel::AgeRole).toString();
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(tokenColor(Color::Muted));
    const QVariant confidence = index.data(ScansModel::ConfidenceRole);
    const QString tail = confidence.isValid() ? ScanDelegate::tr(", %1").arg(age) : age;
    painter.drawText(line, kRight, tail);
    line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(tail));
    if (!confidence.isValid())
        return right - line.right();
    const double value = confidence.toDouble();
    if (value < kCheckByEye) {
        QFont bold = textFont(TextRole::Small);
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(tokenColor(Color::Stuck));
    }
    const QString text = formatConfidence(value);
    painter.drawText(line, kRight, text);
    return right - line.right() + painter.fontMetrics().horizontalAdvance(text);
}

} // namespace

void ScanDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    painter->save();
    paintGround(*painter, option, index);
    const QRect rect = option.rect.adjusted(px(space::kM), 0, -px(space::kM), -1);
    const QSize frame(px(44), px(28));
    paintThumbnail(*painter,
                   QRect(QPoint(rect.left(), rect.center().y() - frame.height() / 2), frame),
                   index.data(ScansModel::ThumbnailRole).value<QImage>());

    QRect upper = rect.adjusted(frame.width() + px(10), px(6), 0, 0);
    upper.setHeight(px(18));
    QRect lower = upper.translated(0, px(18));
    QRect words = upper;
    words.setRight(words.right() -
                   paintMark(*painter, upper, Mark(index.data(role::Mark).toInt())) -
                   px(space::kS));
    painter->setFont(textFont(TextRole::Body));
    painter->setPen(
        tokenColor(index.data(ScansModel::NamedRole).toBool() ? Color::Text : Color::Muted));
    painter->drawText(
        words, kLeft,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    words = lower;
    words.setRight(words.right() - paintFacts(*painter, lower, index) - px(space::kS));
    painter->setFont(textFont(TextRole::Small));
    painter->setPen(tokenColor(Color::Muted));
    painter->drawText(words, kLeft,
                      painter->fontMetrics().elidedText(index.data(ScansModel::KindRole).toString(),
                                                        Qt::ElideRight, words.width()));
    painter->restore();
}

QSize ScanDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {px(200), px(size::kScanRow)};
}

} // namespace queuedeck::ui
