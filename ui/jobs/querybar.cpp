// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/querybar.h"

#include "core/domain/filterlexer.h"
#include "core/domain/querycompletion.h"
#include "ui/jobs/querycompleter.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::FilterToken;

namespace {
constexpr int kDebounceMs = 250;
constexpr int kIconSpace = 30;
} // namespace

void FilterHighlighter::setError(const std::optional<domain::TextError>& error)
{
    m_error = error;
    rehighlight();
}

void FilterHighlighter::highlightBlock(const QString& text)
{
    auto tokens = domain::lexFilter(text);
    if (!tokens) // as far as it can be parsed
        tokens = domain::lexFilter(text.left(tokens.error().position));
    if (tokens) {
        for (const FilterToken& token : *tokens) {
            if (token.kind == FilterToken::Kind::Condition) {
                const qsizetype values = token.values.empty()
                                             ? token.length
                                             : token.values.front().position - token.position;
                setFormat(int(token.position), int(values), tokenColor(Color::CodeKey));
            } else if (token.kind != FilterToken::Kind::Text &&
                       token.kind != FilterToken::Kind::End) {
                setFormat(int(token.position), int(token.length), tokenColor(Color::Muted));
            }
            for (const domain::FilterValue& value : token.values) {
                bool isNumber = false;
                value.text.left(1).toInt(&isNumber);
                const Color color = value.isQuoted ? Color::CodeString
                                    : isNumber && token.op >= FilterToken::Operator::Less
                                        ? Color::CodeNumber
                                        : Color::Text;
                setFormat(int(value.position), int(value.length), tokenColor(color));
            }
        }
    }
    if (!m_error)
        return;
    QTextCharFormat wrong;
    wrong.setForeground(tokenColor(Color::CodeError));
    wrong.setUnderlineColor(tokenColor(Color::Danger));
    wrong.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    const auto from = qMin(m_error->position, qMax<qsizetype>(text.size() - 1, 0));
    setFormat(int(from), int(qMax<qsizetype>(m_error->length, 1)), wrong);
}

QueryBar::QueryBar(QWidget* parent)
    : QWidget(parent)
    , m_field(new QWidget(this))
    , m_edit(new QueryEdit(m_field))
    , m_completer(new QueryCompleter(*m_edit, *m_field))
    , m_highlighter(new FilterHighlighter(m_edit->document()))
    , m_matches(new Label({}, TextRole::Body, Color::Muted, m_field))
    , m_clear(makeIconButton(Icon::Close, tr("Clear Filter"), m_field))
    , m_mistake(new Label({}, TextRole::Small, Color::Danger, this))
{
    m_edit->setObjectName(u"query"_s);
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setPlaceholderText(tr("status:failed type:… error:\"timeout\" age<2d"));
    m_mistake->setObjectName(u"mistake"_s);
    m_mistake->setWordWrap(true);
    m_mistake->hide();
    m_clear->hide();
    m_clear->setObjectName(u"clearQuery"_s);

    m_field->setFixedHeight(px(size::kControl));
    auto* row = new QHBoxLayout(m_field);
    row->setContentsMargins(px(kIconSpace), 0, px(2), 0);
    row->setSpacing(px(space::kXs));
    row->addWidget(m_edit, 1);
    row->addWidget(m_matches);
    row->addWidget(m_clear);
    QSizePolicy keepsPlace = m_clear->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_clear->setSizePolicy(keepsPlace);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(px(space::kXs));
    column->addWidget(m_field);
    column->addWidget(m_mistake);

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &QueryBar::use);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        m_clear->setVisible(!m_edit->document()->isEmpty());
        if (!m_isSetting && m_edit->hasFocus()) {
            m_isTyped = true;
            m_completer->typed();
        }
        if (text() != m_filter.text() || m_error)
            m_debounce.start();
    });
    connect(m_edit, &QueryEdit::accepted, this, [this] {
        use();
        keep();
        if (!m_error)
            Q_EMIT left();
    });
    connect(m_edit, &QueryEdit::left, this, &QueryBar::left);
    connect(m_edit, &QueryEdit::focusChanged, this, [this] {
        update();
        if (!m_edit->hasFocus())
            keep();
    });
    connect(m_completer, &QueryCompleter::opened, this, &QueryBar::completionWanted);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        setText({});
        focusEdit();
    });
    setFocusProxy(m_edit);
}

QString QueryBar::text() const
{
    return m_edit->toPlainText();
}

void QueryBar::setVocabulary(const std::function<domain::QueryVocabulary()>& vocabulary)
{
    m_completer->setVocabulary(vocabulary);
}

void QueryBar::refreshCompletions()
{
    m_completer->refresh();
}

// What was typed and is valid may be of use again.
void QueryBar::keep()
{
    if (!m_isTyped || m_error || text() != m_filter.text())
        return;
    m_isTyped = false;
    Q_EMIT used(text());
}

void QueryBar::setText(const QString& text)
{
    m_completer->close();
    if (text != this->text()) {
        const QScopedValueRollback setting(m_isSetting, true);
        QTextCursor cursor(m_edit->document()); // keeps undo
        cursor.select(QTextCursor::Document);
        cursor.insertText(text);
        m_edit->moveCursor(QTextCursor::End);
    }
    use();
}

void QueryBar::focusEdit()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void QueryBar::setMatches(const QString& words)
{
    m_matches->setText(words);
}

QString QueryBar::matches() const
{
    return m_matches->text();
}

void QueryBar::use()
{
    m_debounce.stop();
    const auto parsed = domain::JobFilter::parse(text());
    const bool hadError = m_error.has_value();
    m_error = parsed ? std::nullopt : std::optional(parsed.error());
    if (hadError || m_error) {
        m_highlighter->setError(m_error);
        m_mistake->setText(m_error ? m_error->message.translated() : QString());
        m_mistake->setVisible(m_error.has_value());
        m_edit->setAccessibleDescription(m_mistake->text());
        update();
    }
    if (hadError != m_error.has_value())
        Q_EMIT validChanged(!m_error);
    if (!parsed || *parsed == m_filter)
        return;
    m_filter = *parsed;
    Q_EMIT filterChanged(m_filter);
}

QRect QueryBar::fieldRect() const
{
    return m_field->geometry();
}

void QueryBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect rect = fieldRect();
    const Color border = m_error              ? Color::Danger
                         : m_edit->hasFocus() ? Color::Focus
                                              : Color::Control;
    const bool isWide = m_error || m_edit->hasFocus();
    paintBox(painter, rect, tokenColor(Color::Base), tokenColor(border), isWide ? focusWidth() : 1);
    const int side = px(14);
    paintIcon(painter, QRectF(rect.left() + px(10), rect.center().y() + 1 - side / 2.0, side, side),
              Icon::Filter, tokenColor(Color::Muted));
}

void QueryBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

void QueryBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_matches->setVisible(width() > px(320));
}

} // namespace queuedeck::ui
