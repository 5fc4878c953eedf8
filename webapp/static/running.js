// Run the examples of the API in the page. Without this script each is a link to its answer.

function run(example) {
  const link = example.querySelector("a");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Run";
  button.ariaLabel = `Run ${link.textContent}`;
  const answer = document.createElement("pre");
  answer.tabIndex = 0;
  answer.hidden = true;
  answer.setAttribute("role", "status");
  example.append(button);
  example.after(answer);
  button.addEventListener("click", async () => {
    answer.hidden = false;
    answer.textContent = "Running …";
    try {
      const response = await fetch(link.href);
      answer.textContent = `${response.status} ${response.statusText}\n${JSON.stringify(await response.json(), null, 2)}`;
    } catch (error) {
      answer.textContent = `No answer: ${error.message}. Check your connection, and run it again.`;
    }
  });
}

document.querySelectorAll(".run").forEach(run);
