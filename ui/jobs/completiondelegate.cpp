// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/completiondelegate.h"

#include "ui/jobs/completionmodel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Group = domain::Completion::Group;

namespace {
constexpr int kRow = 26, kHead = 28, kSide = 14;

constexpr Mark kMarks[] = {Mark::Pending, Mark::Processing, Mark::Completed, Mark::Failed,
                           Mark::Stuck,   Mark::Dead,       Mark::Unknown};

// The mark of a condition such as status:failed; else a sign of its group.
void paintSign(QPainter& painter, const QRect& rect, const domain::Completion& one)
{
    if (one.group == Group::Paths) {
        painter.setFont(textFont(TextRole::Mono));
        painter.setPen(tokenColor(Color::Muted));
        painter.drawText(rect, Qt::AlignCenter, u"{}"_s);
        return;
    }
    Icon icon = one.group == Group::Recent   ? Icon::Clock
                : one.group == Group::Values ? Icon::Check
                : one.field == "created"_L1 || one.field == "finished"_L1 || one.field == "age"_L1
                    ? Icon::Clock
                    : Icon::Filter;
    Color color = Color::Muted;
    for (const Mark mark : kMarks) {
        const bool isState = one.field == "status"_L1 || one.field == "is"_L1;
        if (one.group == Group::Values && isState &&
            one.shown.section(u':', -1) == markFilter(mark).section(u':', -1)) {
            icon = markIcon(mark);
            color = markColor(mark);
        }
    }
    paintIcon(painter, rect, icon, tokenColor(color));
}

// Where what was typed begins: at the beginning, else after the field or within a path.
qsizetype beginOf(const QString& typed, const QString& text)
{
    for (qsizetype at = 0; (at = text.indexOf(typed, at, Qt::CaseInsensitive)) >= 0; ++at) {
        if (at == 0 || !text[at - 1].isLetterOrNumber())
            return at;
    }
    return -1;
}

// In the fixed font, with what was typed set off; returns where it ends.
int paintWords(QPainter& painter, const QRect& rect, const domain::Completion& one,
               const QString& typed)
{
    const QString text = showControls(one.shown);
    const qsizetype at = typed.isEmpty() || one.group == Group::Recent ? -1 : beginOf(typed, text);
    const QFont plain = textFont(TextRole::Mono);
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    int x = rect.left();
    const auto part = [&](qsizetype from, qsizetype length, bool isTyped) {
        if (length <= 0 || x >= rect.right())
            return;
        painter.setFont(isTyped ? strong : plain);
        painter.setPen(tokenColor(isTyped ? Color::Accent : Color::Text));
        const QString words = painter.fontMetrics().elidedText(text.mid(from, length),
                                                               Qt::ElideRight, rect.right() - x);
        painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, words);
        x += painter.fontMetrics().horizontalAdvance(words);
    };
    part(0, at < 0 ? text.size() : at, false);
    if (at >= 0) {
        part(at, typed.size(), true);
        part(at + typed.size(), text.size(), false);
    }
    return x;
}
} // namespace

void CompletionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    painter->save();
    const auto* const model = qobject_cast<const CompletionModel*>(index.model());
    const domain::Completion* const one = model ? model->item(index) : nullptr;
    QRect rect = option.rect.adjusted(px(kSide), 0, -px(kSide), 0);
    if (!one) {
        painter->setFont(textFont(TextRole::Micro));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(rect.adjusted(0, 0, 0, -px(5)),
                          Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                          index.data().toString().toUpper());
        painter->restore();
        return;
    }
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, tokenColor(Color::Selection));
        if (Appearance::instance().theme() == Theme::HighContrast)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              tokenColor(Color::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, tokenColor(Color::Hover));
    }
    const int icon = px(size::kStatusIcon);
    paintSign(*painter, QRect(rect.left(), rect.center().y() - icon / 2 + 1, icon, icon), *one);
    rect.setLeft(rect.left() + icon + px(space::kS));
    if (one->count >= 0) {
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(tokenColor(Color::Muted));
        const QString count = formatCount(one->count);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        rect.setRight(rect.right() - painter->fontMetrics().horizontalAdvance(count) -
                      px(space::kS));
    }
    const int end = paintWords(*painter, rect, *one, model->completions().typed);
    const QRect rest(end + px(space::kS), rect.top(), rect.right() - end - px(space::kS),
                     rect.height());
    if (rest.width() > px(30) && !one->note.isEmpty()) {
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(one->note.translated(), Qt::ElideRight,
                                                            rest.width()));
    }
    painter->restore();
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    return {option.rect.width(), px(index.data(CompletionModel::IsHead).toBool() ? kHead : kRow)};
}

} // namespace queuedeck::ui
