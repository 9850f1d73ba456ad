// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/completionhelp.h"

#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::PayloadPath;

namespace {
constexpr int kMostBars = 5;

QString kindWord(PayloadPath::Kind kind)
{
    switch (kind) {
    case PayloadPath::Kind::Text: return CompletionHelp::tr("Text");
    case PayloadPath::Kind::Number: return CompletionHelp::tr("A number");
    case PayloadPath::Kind::Truth: return CompletionHelp::tr("True or false");
    case PayloadPath::Kind::Other: return CompletionHelp::tr("A list, or nothing");
    case PayloadPath::Kind::Mixed: break;
    }
    return CompletionHelp::tr("Values of several kinds");
}

QString pathWords(const PayloadPath& path, int sampled)
{
    const QString where =
        path.found >= sampled
            ? CompletionHelp::tr("%1, in every one of the %2 payloads looked at.")
                  .arg(kindWord(path.kind), formatCount(sampled))
            : CompletionHelp::tr("%1, in %2 of the %3 payloads looked at.")
                  .arg(kindWord(path.kind), formatCount(path.found), formatCount(sampled));
    return path.isAllDifferent() ? where + u' ' + CompletionHelp::tr("All values differ.") : where;
}
} // namespace

CompletionHelp::CompletionHelp(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"completionHelp"_s);
    setAccessibleName(tr("Help"));
}

void CompletionHelp::show(const domain::Completion* completion,
                          const domain::QueryVocabulary& vocabulary)
{
    m_title.clear();
    m_text.clear();
    m_bars.clear();
    if (!completion) {
        m_text = tr("Words are searched for in id, type and error. Conditions are joined by "
                    "nothing (and), or, not and parentheses; - leaves out what follows.");
    } else if (completion->group == domain::Completion::Group::Recent) {
        m_text = tr("A filter used on this connection before. It replaces the whole text.");
    } else if (completion->path >= 0 && completion->path < vocabulary.paths.size()) {
        const PayloadPath& path = vocabulary.paths[completion->path];
        m_title = path.text();
        m_text = pathWords(path, vocabulary.sampled);
        m_bars = path.values.mid(0, kMostBars);
        m_most = std::max<qint64>(path.found, 1);
    } else {
        m_title = completion->shown;
        m_text = domain::fieldHelp(completion->field).translated();
    }
    m_title = showControls(m_title);
    setAccessibleDescription(m_text);
    update();
}

void CompletionHelp::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(Color::Window));
    painter.fillRect(QRect(0, 0, 1, height()), tokenColor(Color::Line));
    QRect left = rect().adjusted(px(space::kM) + 1, px(space::kM), -px(space::kM), -px(space::kS));
    if (!m_title.isEmpty()) {
        QFont strong = textFont(TextRole::Mono);
        strong.setWeight(QFont::DemiBold);
        painter.setFont(strong);
        painter.setPen(tokenColor(Color::Text));
        const int high = painter.fontMetrics().lineSpacing();
        painter.drawText(QRect(left.left(), left.top(), left.width(), high),
                         Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_title, Qt::ElideMiddle, left.width()));
        left.setTop(left.top() + high + px(space::kXs));
    }
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(tokenColor(Color::Muted));
    QRect drawn;
    painter.drawText(left, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_text, &drawn);
    left.setTop(drawn.bottom() + px(space::kM));
    const int high = painter.fontMetrics().lineSpacing();
    for (const domain::CountedWord& bar : std::as_const(m_bars)) {
        if (left.height() < high + px(8))
            return;
        const QString count = formatCount(bar.count);
        const int wide = painter.fontMetrics().horizontalAdvance(count);
        painter.setPen(tokenColor(Color::Text));
        const QRect line(left.left(), left.top(), left.width(), high);
        painter.drawText(line, Qt::AlignRight | Qt::TextSingleLine, count);
        painter.drawText(line, Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(showControls(bar.text), Qt::ElideRight,
                                                          line.width() - wide - px(space::kS)));
        const int length = std::max(int(left.width() * bar.count / m_most), 2);
        painter.fillRect(QRect(left.left(), line.bottom() + 2, std::min(length, left.width()), 3),
                         tokenColor(Color::Accent));
        left.setTop(line.bottom() + px(10));
    }
}

} // namespace queuedeck::ui
