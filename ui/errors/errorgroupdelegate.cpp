// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/errorgroupdelegate.h"

#include "ui/errors/errorgroupsmodel.h"
#include "ui/errors/errorwords.h"
#include "ui/errors/hourbars.h"
#include "ui/errors/signaturetext.h"
#include "ui/widgets/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kShareBar = 40;
constexpr int kHours = 112;

void paintLine(QPainter& painter, const QRect& rect, TextRole role, Color color,
               const QString& text, Qt::Alignment align)
{
    painter.setFont(textFont(role));
    painter.setPen(tokenColor(color));
    painter.drawText(rect, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}
} // namespace

ErrorGroupDelegate::ErrorGroupDelegate(const ErrorGroupsModel& model, QObject* parent)
    : TableDelegate(parent)
    , m_model(model)
{
}

void ErrorGroupDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    const domain::ErrorGroup* const group = m_model.groupAt(index.row());
    if (index.column() == ErrorGroupsModel::Count || !group) {
        TableDelegate::paint(painter, option, index);
        return;
    }
    paintGround(painter, option, index);
    const int pad = px(10);
    const QRect rect = option.rect.adjusted(pad, 0, -pad, -1);
    const int half = rect.height() / 2;
    const QRect upper(rect.left(), rect.top() + px(3), rect.width(), half - px(3));
    const QRect lower(rect.left(), rect.top() + half, rect.width(), half - px(4));
    painter->save();
    switch (index.column()) {
    case ErrorGroupsModel::Share: {
        const double part = m_model.shareOf(*group) / m_model.largestShare();
        const int width = qMax(1, int(px(kShareBar) * part));
        painter->fillRect(QRect(rect.left(), rect.center().y() - px(3), width, px(7)),
                          tokenColor(Color::Failed));
        paintLine(*painter, rect.adjusted(width + px(space::kS), 0, 0, 0), TextRole::Body,
                  Color::Text, errorwords::share(m_model.shareOf(*group)), Qt::AlignLeft);
        break;
    }
    case ErrorGroupsModel::Error:
        paintSignature(*painter, upper, *group, textFont(TextRole::Body), Color::Text);
        paintLine(*painter, lower, TextRole::Small, Color::Muted, errorwords::types(*group),
                  Qt::AlignLeft);
        break;
    case ErrorGroupsModel::Hours:
        paintHours(*painter,
                   QRect(rect.left(), rect.top() + px(8), qMin(rect.width(), px(kHours)),
                         rect.height() - px(16)),
                   group->perHour(m_model.now()));
        break;
    case ErrorGroupsModel::First:
    case ErrorGroupsModel::Last: {
        const errorwords::Moment moment = errorwords::moment(
            index.column() == ErrorGroupsModel::First ? group->first : group->last, m_model.now());
        paintLine(*painter, moment.day.isEmpty() ? rect : upper, TextRole::Body, Color::Text,
                  moment.clock, Qt::AlignRight);
        paintLine(*painter, lower, TextRole::Small, Color::Muted, moment.day, Qt::AlignRight);
        break;
    }
    default: break;
    }
    painter->restore();
}

} // namespace queuedeck::ui
