// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jsonview.h"

#include "ui/jobdetail/jsonprint.h"
#include "ui/widgets/theme.h"

#include <QRegularExpression>
#include <QSyntaxHighlighter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kFirstPart = 100'000;

class Highlighter final : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString& text) override
    {
        static const QRegularExpression tokens(
            u"(\"(?:[^\"\\\\]|\\\\.)*\")(\\s*:)?|(-?\\d[\\d.eE+-]*|\\btrue\\b|\\bfalse\\b|\\bnull\\b)"_s);
        auto matches = tokens.globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (match.hasCaptured(3))
                setFormat(int(match.capturedStart(3)), int(match.capturedLength(3)),
                          tokenColor(Color::CodeNumber));
            else
                setFormat(int(match.capturedStart(1)), int(match.capturedLength(1)),
                          tokenColor(match.capturedLength(2) > 0 ? Color::CodeKey
                                                                 : Color::CodeString));
        }
    }
};
} // namespace

JsonView::JsonView(const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(accessibleName);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(textFont(TextRole::Mono));
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    auto* highlighter = new Highlighter(document());
    connect(&Look::instance(), &Look::changed, highlighter, &QSyntaxHighlighter::rehighlight);
}

void JsonView::setJson(const QByteArray& json)
{
    if (json == m_json)
        return; // the caret and the selection stay
    m_json = json;
    showPart(kFirstPart);
}

void JsonView::openAll()
{
    showPart(m_json.size());
}

void JsonView::showPart(qsizetype most)
{
    m_isCut = m_json.size() > most;
    setPlainText(prettyJson(QString::fromUtf8(m_json.left(most))));
}

} // namespace queuedeck::ui
