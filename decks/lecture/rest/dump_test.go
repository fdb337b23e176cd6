package rest
import ("testing";"os";"fmt";"strings";"bufio")
func TestDump(t *testing.T){ f:=os.Getenv("DUMP"); if f=="" {t.Skip()}; d,_:=os.ReadFile(f); fmt.Print(outline(read(t,string(d)))) }
func TestTexts(t *testing.T){ f:=os.Getenv("LIST"); if f=="" {t.Skip()}; l,_:=os.ReadFile(f)
 o,_:=os.Create(os.Getenv("OUT")); w:=bufio.NewWriter(o); defer o.Close(); defer w.Flush()
 for _,n:=range strings.Fields(string(l)) { d,_:=os.ReadFile(n); p:=read(t,strings.ReplaceAll(string(d),"\r\n","\n"));
  fmt.Fprintf(w,"\x01%s\n",n)
  for i:=range p.Blocks { x:=&p.Blocks[i]; fmt.Fprintln(w,x.Plain()) } } }
