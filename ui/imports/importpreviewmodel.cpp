// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importpreviewmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Shown = service::ImportResult::Shown;
using Kind = domain::ImportVerdict::Kind;

void ImportPreviewModel::show(domain::ImportTarget target, const QStringList& fields,
                              const QVector<Shown>& lines)
{
    beginResetModel();
    m_target = target;
    m_fields = fields;
    m_lines = lines;
    endResetModel();
}

bool ImportPreviewModel::hasProblem(int row) const
{
    const Shown& line = m_lines[row];
    return !line.faults.isEmpty() || !line.warnings.isEmpty() || !line.reason.isEmpty();
}

int ImportPreviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int ImportPreviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstField + int(m_fields.size());
}

bool ImportPreviewModel::isNumber(int place) const
{
    const int field = domain::importFieldIndex(m_target, m_fields[place]);
    const domain::ImportKind kind = domain::importFields(m_target)[field].kind;
    return kind == domain::ImportKind::Number || kind == domain::ImportKind::WholeNumber;
}

QVariant ImportPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const int place = section - FirstField;
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = section == Line || (place >= 0 && isNumber(place));
        return int((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    return section == Line ? tr("Line") : section == Result ? tr("Result") : m_fields[place];
}

QVariant ImportPreviewModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Shown& line = m_lines[index.row()];
    if (index.column() == Line) {
        if (role == Qt::DisplayRole)
            return formatCount(line.line);
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return role == role::Muted ? QVariant(true) : QVariant();
    }
    if (index.column() == Result)
        return result(line, role);
    return value(line, index.column() - FirstField, role);
}

QVariant ImportPreviewModel::result(const Shown& line, int role) const
{
    const bool isOdd = !line.warnings.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        switch (line.kind) {
        case Kind::Created: return isOdd ? tr("new, check") : tr("new");
        case Kind::Updated: return isOdd ? tr("update, check") : tr("update");
        case Kind::Unchanged: return tr("unchanged");
        case Kind::Rejected: break;
        }
        return tr("rejected");
    case ResultIcon:
        switch (line.kind) {
        case Kind::Created: return int(isOdd ? Icon::Warning : Icon::Plus);
        case Kind::Updated: return int(isOdd ? Icon::Warning : Icon::Edit);
        case Kind::Unchanged: return int(Icon::Check);
        case Kind::Rejected: break;
        }
        return int(Icon::MarkFailed);
    case role::TextColor:
        if (line.kind == Kind::Rejected)
            return int(Color::Danger);
        return isOdd ? QVariant(int(Color::Stuck)) : QVariant();
    case Problem: return shownData(line.reason, Qt::DisplayRole);
    case IsFault: return true;
    case Qt::ToolTipRole: return tip(line.reason);
    default: return {};
    }
}

QVariant ImportPreviewModel::value(const Shown& line, int place, int role) const
{
    const QString fault = line.faults.value(place);
    const QString problem = fault.isEmpty() ? line.warnings.value(place) : fault;
    const QString text = line.values.value(place);
    switch (role) {
    case Qt::DisplayRole:
        return text.isEmpty() && !problem.isEmpty() ? tr("empty") : firstLine(text);
    case Qt::TextAlignmentRole:
        return int((isNumber(place) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case role::Muted: return text.isEmpty();
    case Problem: return shownData(problem, Qt::DisplayRole);
    case IsFault: return !fault.isEmpty();
    case Qt::ToolTipRole: return tip(problem.isEmpty() ? text : text + u'\n' + problem);
    case Qt::AccessibleTextRole:
        return problem.isEmpty() ? QVariant() : QVariant(shown(text + u": "_s + problem));
    default: return {};
    }
}

void ImportPreviewDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const
{
    const QString problem = index.data(ImportPreviewModel::Problem).toString();
    const QVariant icon = index.data(ImportPreviewModel::ResultIcon);
    if (problem.isEmpty() && !icon.isValid()) {
        TableDelegate::paint(painter, option, index);
        return;
    }
    const bool isFault = index.data(ImportPreviewModel::IsFault).toBool();
    painter->save();
    if (!problem.isEmpty())
        painter->fillRect(option.rect, tokenColor(isFault ? Color::ErrorBg : Color::WarnBg));
    painter->restore();
    QStyleOptionViewItem upper = option;
    const int lower = problem.isEmpty() ? 0 : px(15);
    upper.rect.setBottom(option.rect.bottom() - lower);
    if (icon.isValid()) {
        const int side = px(size::kStatusIcon);
        const QVariant ink = index.data(role::TextColor);
        const auto kind = Icon(icon.toInt());
        const Color color = ink.isValid()         ? Color(ink.toInt())
                            : kind == Icon::Plus  ? Color::Completed
                            : kind == Icon::Check ? Color::Muted
                                                  : Color::Accent;
        paintIcon(
            *painter,
            QRect(option.rect.left() + px(10), upper.rect.center().y() - side / 2 + 1, side, side),
            kind, tokenColor(color));
        upper.rect.setLeft(upper.rect.left() + side + px(7));
    }
    TableDelegate::paint(painter, upper, index);
    painter->save();
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      tokenColor(Color::RowLine));
    if (problem.isEmpty()) {
        painter->restore();
        return;
    }
    // The upper half has drawn its own line at its foot.
    painter->fillRect(QRect(upper.rect.left(), upper.rect.bottom(), upper.rect.width(), 1),
                      tokenColor(isFault ? Color::ErrorBg : Color::WarnBg));
    const QRect words =
        option.rect.adjusted(px(10), option.rect.height() - lower - px(4), -px(10), -px(3));
    painter->setFont(textFont(TextRole::Small));
    painter->setPen(tokenColor(isFault ? Color::Danger : Color::Stuck));
    painter->drawText(words, int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine),
                      painter->fontMetrics().elidedText(problem, Qt::ElideRight, words.width()));
    painter->restore();
}

QSize ImportPreviewDelegate::sizeHint(const QStyleOptionViewItem& option,
                                      const QModelIndex& index) const
{
    QSize hint = TableDelegate::sizeHint(option, index);
    const QFontMetrics small(textFont(TextRole::Small));
    const QString problem = index.data(ImportPreviewModel::Problem).toString();
    const int icon =
        index.data(ImportPreviewModel::ResultIcon).isValid() ? px(size::kStatusIcon) + px(7) : 0;
    hint.setWidth(std::max(hint.width() + icon, small.horizontalAdvance(problem) + 2 * px(10)));
    return hint;
}

} // namespace queuedeck::ui
